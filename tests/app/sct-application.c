/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sct-application.h"

/**
 * sct_application_init:
 * @self: what the application is to run over
 * @folder: a stream, as hls_folder_new_of() makes it
 *
 * Has a server, on which "ada" is live and nothing else is, and which the application will take.
 */
void
sct_application_init (SctApplication *self, const char *folder)
{
  static const char *const no_recordings[] = { "GET /v1/recordings",
                                               "GET /v1/channels/ada/recordings" };
  self->api = sc_fake_api_new ();
  self->live = hls_server_new (folder, NULL);
  self->recorded = hls_server_new (folder, NULL);
  hls_server_set_live (self->live, TRUE);
  sct_application_answer_ada (self, "Engines", NULL);
  sc_fake_api_answer (self->api, "GET /v1/channels?live=1", 200, "{'channels':[]}");
  for (guint i = 0; i < G_N_ELEMENTS (no_recordings); i++)
    sc_fake_api_answer (self->api, no_recordings[i], 200, "{'recordings':[]}");
  g_setenv ("STREAMCAT_SERVER", sc_fake_api_get_url (self->api), TRUE);
}

/**
 * sct_application_answer_ada:
 * @self: what the application runs over
 * @title: what she says that her stream is about
 * @picture: (nullable): the address of hers
 *
 * Has the server say so from now on.
 */
void
sct_application_answer_ada (SctApplication *self, const char *title, const char *picture)
{
  g_autofree char *avatar =
    picture ? g_strdup_printf ("'avatar_url':'%s',", picture) : g_strdup ("");
  g_autofree char *body =
    g_strdup_printf ("{'channel':{'name':'ada',%s'title':'%s','live':true,'playback_url':'%s',"
                     "'stream':{'id':'st-1','width':1280,'height':720,"
                     "'started_at':'2026-01-01T00:00:00.000Z','ended_at':null}}}",
                     avatar,
                     title,
                     hls_server_get_uri (self->live));
  sc_fake_api_answer_now (self->api, "GET /v1/channels/ada", 200, body);
}

/**
 * sct_application_start:
 * @self: what the application runs over
 *
 * Starts the application, which shows its window.
 */
void
sct_application_start (SctApplication *self)
{
  self->application = sc_application_new ();
  g_assert_true (g_application_register (G_APPLICATION (self->application), NULL, NULL));
  g_application_activate (G_APPLICATION (self->application));
}

static void
quit (gpointer application)
{
  g_application_quit (application);
}

/**
 * sct_application_quit:
 * @self: what the application runs over
 *
 * Has the application end as by Quit in its menu.
 */
void
sct_application_quit (SctApplication *self)
{
  g_idle_add_once (quit, self->application);
  g_application_run (G_APPLICATION (self->application), 0, NULL);
}

/**
 * sct_application_clear:
 * @self: what the application ran over
 */
void
sct_application_clear (SctApplication *self)
{
  g_object_unref (self->application);
  hls_server_free (self->live);
  hls_server_free (self->recorded);
  sc_fake_api_free (self->api);
}
