/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Amazon IVS allows 128 characters in a resource name; ours carries a 37-character token besides.
 */
#define SC_NAME_MIN 3
#define SC_NAME_MAX 32

/* ASVS 5.0, 6.2: at least 8, at least 64 allowed, no truncation. 256 bounds the hash's input. */
#define SC_PASSWORD_MIN 8
#define SC_PASSWORD_MAX 256

#define SC_TITLE_MAX 140

/* What kind of thing a stream is, and what a channel says about itself. */
#define SC_CATEGORY_MAX 60
#define SC_ABOUT_MAX 1000

/* What a session's machine is called. A host name has at most 64 characters on Linux. */
#define SC_DEVICE_MAX 64

/* Where a page of a list ends: what stands in it is the server's own. */
#define SC_CURSOR_MAX 1024

/**
 * ScInvalid:
 * @SC_VALID: nothing is wrong
 * @SC_INVALID_EMPTY: nothing was given
 * @SC_INVALID_TOO_SHORT: fewer characters than the least
 * @SC_INVALID_TOO_LONG: more characters than the most
 * @SC_INVALID_CHARACTER: a character that may not be there
 * @SC_INVALID_START: a first character that may not be first
 *
 * Why a value that a person typed is refused. The words for it are the app's and the backend's.
 */
typedef enum {
  SC_VALID,
  SC_INVALID_EMPTY,
  SC_INVALID_TOO_SHORT,
  SC_INVALID_TOO_LONG,
  SC_INVALID_CHARACTER,
  SC_INVALID_START,
} ScInvalid;

ScInvalid sc_validate_name (const char *name);
ScInvalid sc_validate_password (const char *password);
ScInvalid sc_validate_title (const char *title);
ScInvalid sc_validate_category (const char *category);
ScInvalid sc_validate_about (const char *about);
ScInvalid sc_validate_device (const char *device);

G_END_DECLS
