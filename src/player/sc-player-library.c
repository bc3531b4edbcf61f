/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the player needs of the whole process, at its start and at its end. */

#include "config.h"

#include "sc-player-library.h"

#include "sc-live-src.h"
#include "sc-pipeline.h"
#include "sc-vod-src.h"

#include <gst/gst.h>

/* A pipeline stops in milliseconds; one whose server or sound server hangs must not hold us. */
#define FINISH_SECONDS 3

/**
 * sc_player_library_init:
 *
 * To be called once by the main thread, before anything else of this library.
 *
 * Besides GStreamer's own it takes hold of the default main context, for good: gtk4paintablesink
 * asks the main thread for things by g_main_context_invoke(), which runs them on the asking thread
 * while nobody owns the context, as after g_application_run(). A pipeline that is still closing
 * then would abort the process.
 */
void
sc_player_library_init (void)
{
  gst_init (NULL, NULL);
  (void) sc_live_src_register (NULL);
  (void) sc_vod_source_register (NULL);
  g_main_context_acquire (g_main_context_default ());
}

/**
 * sc_player_library_finish:
 *
 * To be called by the main thread at the end, when every player is disposed. Waits for what they
 * still close.
 */
void
sc_player_library_finish (void)
{
  sc_pipeline_wait_closed (FINISH_SECONDS);
}
