/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TourError:
 * @TOUR_ERROR_NOT_SEEN: what a person should see did not come in time
 * @TOUR_ERROR_NOT_POSSIBLE: what a person should be able to do could not be done
 * @TOUR_ERROR_WRONG: what was seen or heard is not what it should be
 *
 * Why a step of the tour failed.
 */
typedef enum {
  TOUR_ERROR_NOT_SEEN,
  TOUR_ERROR_NOT_POSSIBLE,
  TOUR_ERROR_WRONG,
} TourError;

#define TOUR_ERROR (tour_error_quark ())
GQuark tour_error_quark (void);

G_END_DECLS
