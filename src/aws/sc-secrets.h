/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* The staging labels of AWS Secrets Manager. */
#define SC_SECRETS_CURRENT "AWSCURRENT"
#define SC_SECRETS_PENDING "AWSPENDING"

char *sc_secrets_get_value (ScAws *aws, const char *secret, GError **error);
char *sc_secrets_get_version (ScAws *aws,
                              const char *secret,
                              const char *version,
                              const char *stage,
                              GError **error);
char *sc_secrets_find_current (ScAws *aws, const char *secret, GError **error);
gboolean sc_secrets_put_pending (ScAws *aws,
                                 const char *secret,
                                 const char *version,
                                 const char *value,
                                 GError **error);
gboolean sc_secrets_make_current (ScAws *aws,
                                  const char *secret,
                                  const char *version,
                                  const char *current,
                                  GError **error);

G_END_DECLS
