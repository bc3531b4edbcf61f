/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "tour-encoder.h"
#include "tour-eyes.h"
#include "tour-person.h"

G_BEGIN_DECLS

/**
 * TourWorld:
 * @build: the build folder, where the programs are
 * @pictures: where pictures go
 * @folder: everything else that this run writes: state, settings, logs
 * @failed: a step failed
 * @api_url: the server of both apps
 * @aws_url: the control planes of the local cloud
 * @ca_file: the certificate authority of the local cloud
 * @cloud: the local cloud's process
 * @lambda_api: whether the API is the function, as on AWS
 * @keyboard_alone: whether people have no mouse
 * @flatpak: (nullable): what runs the app in its sandbox, if it is to run there
 * @eyes: on the display
 * @streamer: who signs up and streams
 * @viewer: who watches
 * @server: what "Copy Server" put into the clipboard
 * @key: what "Copy Stream Key" put into the clipboard
 * @encoder: the streamer's; one at a time
 * @pages: how many pages were looked at for who has no mouse and no sight
 * @controls: how many controls they had
 *
 * What the steps of the tour share.
 */
typedef struct {
  char *build;
  char *pictures;
  char *folder;
  gboolean failed;
  char *api_url;
  char *aws_url;
  char *ca_file;
  GSubprocess *cloud;
  gboolean lambda_api;
  gboolean keyboard_alone;
  const char *flatpak;
  TourEyes *eyes;
  TourPerson *streamer;
  TourPerson *viewer;
  char *server;
  char *key;
  TourEncoder *encoder;
  guint pages;
  guint controls;
} TourWorld;

TourWorld *tour_world_new (const char *build, const char *pictures, GError **error);
void tour_world_free (TourWorld *self);

gboolean tour_world_start_cloud (TourWorld *self, GError **error);
gboolean tour_world_publish (TourWorld *self,
                             const char *key,
                             guint seconds,
                             const char *leaf,
                             GError **error);
TourPerson *tour_world_add_person (TourWorld *self, const char *name);
gboolean tour_world_has_pictures (TourWorld *self);
gboolean
tour_world_take_pictures (TourWorld *self, TourPerson *person, const char *page, GError **error);
gboolean
tour_world_take_picture (TourWorld *self, TourPerson *person, const char *page, GError **error);
char *tour_world_read_clipboard (TourWorld *self, GError **error);
guint tour_world_count_stored (TourWorld *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TourWorld, tour_world_free)

G_END_DECLS
