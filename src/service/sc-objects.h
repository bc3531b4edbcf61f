/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

char *sc_objects_dup_channel_prefix (const char *channel_arn);
gboolean sc_objects_remove_page (ScAws *aws,
                                 const char *bucket,
                                 const char *prefix,
                                 gboolean *ret_empty,
                                 GError **error);

G_END_DECLS
