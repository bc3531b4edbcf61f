/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

/* What the live source says with GST_DEBUG=ivssrc:5. No address: one can hold a token. */
GST_DEBUG_CATEGORY_EXTERN (sc_live_debug);
#define GST_CAT_DEFAULT sc_live_debug
