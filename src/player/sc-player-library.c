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

static gpointer
load_gstreamer (gpointer unused)
{
  gst_init (NULL, NULL);
  (void) sc_live_src_register (NULL);
  (void) sc_vod_source_register (NULL);
  return NULL;
}

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
  sc_player_library_init_later ();
  load_gstreamer (NULL);
}

/**
 * sc_player_library_init_later:
 *
 * The same as sc_player_library_init(), but that GStreamer is loaded with the first player: that
 * takes longer than all else until a window is there, and more than a second when it looks at its
 * plugins for the first time.
 */
void
sc_player_library_init_later (void)
{
  g_main_context_acquire (g_main_context_default ());
}

/**
 * sc_player_library_load:
 *
 * Loads GStreamer unless it is there. Blocks the main thread, but on a stack that is large enough
 * for it: a player may be made on that of a fiber.
 */
void
sc_player_library_load (void)
{
  if (!gst_is_initialized ())
    g_thread_join (g_thread_new ("gst-init", load_gstreamer, NULL));
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
