/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-http.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * ScClientError:
 * @SC_CLIENT_ERROR_UNREACHABLE: no connection to the server, or it broke
 * @SC_CLIENT_ERROR_UNTRUSTED: the server could not prove who it is
 * @SC_CLIENT_ERROR_TIMED_OUT: the server did not answer in time
 * @SC_CLIENT_ERROR_PROTOCOL: the answer is not one that our API gives
 * @SC_CLIENT_ERROR_NO_SERVER: no server is configured
 * @SC_CLIENT_ERROR_BAD_REQUEST: the server does not understand what we sent
 * @SC_CLIENT_ERROR_INVALID_NAME: the name breaks the rules for names
 * @SC_CLIENT_ERROR_INVALID_PASSWORD: the password breaks the rules for passwords
 * @SC_CLIENT_ERROR_INVALID_TITLE: the title breaks the rules for titles
 * @SC_CLIENT_ERROR_NAME_TAKEN: somebody else has this name
 * @SC_CLIENT_ERROR_WRONG_CREDENTIALS: no user has this name and password
 * @SC_CLIENT_ERROR_WRONG_PASSWORD: the password of who is signed in is another
 * @SC_CLIENT_ERROR_WRONG_CODE: no user has this name and recovery code
 * @SC_CLIENT_ERROR_UNAUTHORIZED: the session is over, or there is none
 * @SC_CLIENT_ERROR_NOT_FOUND: there is no such thing
 * @SC_CLIENT_ERROR_BUSY: the server asks to come again later
 * @SC_CLIENT_ERROR_CHANNEL_NOT_READY: the channel is still being prepared
 * @SC_CLIENT_ERROR_NOT_LIVE: there is no stream that could be stopped
 * @SC_CLIENT_ERROR_UPSTREAM: the server could not reach the video service behind it
 * @SC_CLIENT_ERROR_INTERNAL: the server failed
 * @SC_CLIENT_ERROR_FORBIDDEN: only who moderates the room, or whose it is, may do this
 * @SC_CLIENT_ERROR_BANNED: one may not come into the room; the message is the moderator's reason
 * and may be empty, sc_client_error_get_until() says for how long
 * @SC_CLIENT_ERROR_SUSPENDED: the account is suspended
 * @SC_CLIENT_ERROR_ACCOUNT_DELETED: the account is to be deleted, and good for nothing but being
 * restored; sc_client_error_get_until() says until when
 * @SC_CLIENT_ERROR_DECIDED: somebody has decided about the held line already
 * @SC_CLIENT_ERROR_TOO_LATE: the time in which the action could be undone is over
 * @SC_CLIENT_ERROR_UNDONE: the action is undone already
 * @SC_CLIENT_ERROR_TOO_MANY_REPORTS: one has reported much already
 * @SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS: there were too many wrong passwords, or too many new accounts
 * @SC_CLIENT_ERROR_TOO_MANY_FOLLOWS: one follows as many channels as one can
 *
 * Why our API did not do what was asked, the error domain of `client`.
 */
typedef enum {
  SC_CLIENT_ERROR_UNREACHABLE,
  SC_CLIENT_ERROR_UNTRUSTED,
  SC_CLIENT_ERROR_TIMED_OUT,
  SC_CLIENT_ERROR_PROTOCOL,
  SC_CLIENT_ERROR_NO_SERVER,
  SC_CLIENT_ERROR_BAD_REQUEST,
  SC_CLIENT_ERROR_INVALID_NAME,
  SC_CLIENT_ERROR_INVALID_PASSWORD,
  SC_CLIENT_ERROR_INVALID_TITLE,
  SC_CLIENT_ERROR_NAME_TAKEN,
  SC_CLIENT_ERROR_WRONG_CREDENTIALS,
  SC_CLIENT_ERROR_WRONG_PASSWORD,
  SC_CLIENT_ERROR_WRONG_CODE,
  SC_CLIENT_ERROR_UNAUTHORIZED,
  SC_CLIENT_ERROR_NOT_FOUND,
  SC_CLIENT_ERROR_BUSY,
  SC_CLIENT_ERROR_CHANNEL_NOT_READY,
  SC_CLIENT_ERROR_NOT_LIVE,
  SC_CLIENT_ERROR_UPSTREAM,
  SC_CLIENT_ERROR_INTERNAL,
  SC_CLIENT_ERROR_FORBIDDEN,
  SC_CLIENT_ERROR_BANNED,
  SC_CLIENT_ERROR_SUSPENDED,
  SC_CLIENT_ERROR_ACCOUNT_DELETED,
  SC_CLIENT_ERROR_DECIDED,
  SC_CLIENT_ERROR_TOO_LATE,
  SC_CLIENT_ERROR_UNDONE,
  SC_CLIENT_ERROR_TOO_MANY_REPORTS,
  SC_CLIENT_ERROR_TOO_MANY_ATTEMPTS,
  SC_CLIENT_ERROR_TOO_MANY_FOLLOWS,
} ScClientError;

#define SC_CLIENT_ERROR (sc_client_error_quark ())
GQuark sc_client_error_quark (void);

const char *sc_client_error_get_field (const GError *error);
gint64 sc_client_error_get_until (const GError *error);
guint sc_client_error_get_wait (const GError *error);
GError *sc_client_error_from_net (const GError *cause);
GError *sc_client_error_from_response (const ScHttpResponse *response);

G_END_DECLS
