/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ScIngestError:
 * @SC_INGEST_ERROR_PROTOCOL: the bytes are not what the protocol allows here
 * @SC_INGEST_ERROR_LIMIT: the bytes are allowed, and more or bigger than we take
 * @SC_INGEST_ERROR_REFUSED: the encoder asked for something that it does not get
 * @SC_INGEST_ERROR_MEDIA: the media is none that a channel takes
 * @SC_INGEST_ERROR_PUBLISHER: our own packaging process failed
 *
 * The error domain of the ingest. A message never quotes what came from outside.
 */
typedef enum {
  SC_INGEST_ERROR_PROTOCOL,
  SC_INGEST_ERROR_LIMIT,
  SC_INGEST_ERROR_REFUSED,
  SC_INGEST_ERROR_MEDIA,
  SC_INGEST_ERROR_PUBLISHER,
} ScIngestError;

#define SC_INGEST_ERROR (sc_ingest_error_quark ())
GQuark sc_ingest_error_quark (void);

G_END_DECLS
