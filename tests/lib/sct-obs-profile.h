/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SctObsProfile:
 * @server: where OBS streams to
 * @width: columns of the picture that is sent
 * @height: its lines
 * @frame_rate: frames a second
 * @rate_control: as obs_x264 calls it, "CBR"
 * @video_kbps: bitrate of the picture, kilobits a second
 * @keyframe_seconds: from one keyframe to the next
 * @preset: of x264
 * @profile: of H.264
 * @audio_kbps: bitrate of the sound, kilobits a second
 * @sample_rate: of the sound, a second
 *
 * What a profile of OBS Studio has its advanced output send by RTMPS with x264 and ffmpeg's AAC, in
 * stereo.
 */
typedef struct {
  char *server;
  guint width;
  guint height;
  guint frame_rate;
  char *rate_control;
  guint video_kbps;
  guint keyframe_seconds;
  char *preset;
  char *profile;
  guint audio_kbps;
  guint sample_rate;
} SctObsProfile;

void sct_obs_profile_read (GFile *folder, SctObsProfile *ret_profile);
void sct_obs_profile_clear (SctObsProfile *self);
void sct_obs_profile_remove (GFile *folder);
GStrv sct_obs_profile_to_ffmpeg (const SctObsProfile *self, const char *key, const char *ca_file);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SctObsProfile, sct_obs_profile_clear)

G_END_DECLS
