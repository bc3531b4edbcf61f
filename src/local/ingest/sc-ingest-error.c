/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-ingest-error.h"

G_DEFINE_QUARK (sc-ingest-error-quark, sc_ingest_error)
