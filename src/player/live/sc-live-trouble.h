/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/**
 * ScLiveTrouble:
 * @SC_LIVE_FINE: the picture moves, or is on its way for the first time
 * @SC_LIVE_SLOW: what comes does not come fast enough: our connection
 * @SC_LIVE_LOST: the server is not reached; it is tried again
 * @SC_LIVE_STARVED: the server answers, but has nothing new: the streamer's connection
 * @SC_LIVE_PAUSED: the stream says that it ended, which may be a pause; it is looked for again
 *
 * Why the last frame stands.
 */
typedef enum {
  SC_LIVE_FINE,
  SC_LIVE_SLOW,
  SC_LIVE_LOST,
  SC_LIVE_STARVED,
  SC_LIVE_PAUSED,
} ScLiveTrouble;
