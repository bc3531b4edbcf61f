/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-error.h"

/* GLib's getter of extended errors returns %NULL to a caller of the wrong domain, which gcc takes
 * for possible here. */
#pragma GCC diagnostic ignored "-Wnull-dereference"

/* The room's rate is one in a second (Amazon IVS Chat, service quotas). */
#define TOO_FAST_SECONDS 1

typedef struct {
  ScChatRefusal refusal;
  gint64 until;
} ScChatErrorPrivate;

static void
sc_chat_error_private_init (ScChatErrorPrivate *private)
{
}

static void
sc_chat_error_private_copy (const ScChatErrorPrivate *source, ScChatErrorPrivate *target)
{
  *target = *source;
}

static void
sc_chat_error_private_clear (ScChatErrorPrivate *private)
{
}

G_DEFINE_EXTENDED_ERROR (ScChatError, sc_chat_error)

/* Amazon IVS Chat Messaging API, the ErrorCode of an ERROR. */
static const struct {
  guint code;
  ScChatError error;
} codes[] = {
  { 400, SC_CHAT_ERROR_BAD_REQUEST }, { 401, SC_CHAT_ERROR_UNAUTHORIZED },
  { 403, SC_CHAT_ERROR_FORBIDDEN },   { 404, SC_CHAT_ERROR_NOT_FOUND },
  { 406, SC_CHAT_ERROR_REJECTED },    { 413, SC_CHAT_ERROR_TOO_LONG },
  { 429, SC_CHAT_ERROR_TOO_FAST },
};

/**
 * sc_chat_error_from_code:
 * @code: the code of an error that Amazon IVS Chat sent
 *
 * Returns: the error that it stands for
 */
ScChatError
sc_chat_error_from_code (guint code)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      return codes[i].error;
  return SC_CHAT_ERROR_SERVICE;
}

/**
 * sc_chat_error_new_answer:
 * @code: the code of an error that Amazon IVS Chat sent
 * @message: (nullable): what it says; for 406 the reason of the room's review
 *
 * Returns: (transfer full): the error that it stands for
 */
GError *
sc_chat_error_new_answer (guint code, const char *message)
{
  GError *error = g_error_new_literal (SC_CHAT_ERROR,
                                       (int) sc_chat_error_from_code (code),
                                       message ? message : "");
  if (error->code == SC_CHAT_ERROR_REJECTED)
    sc_chat_error_get_private (error)->refusal = sc_chat_refusal_parse (message);
  if (error->code == SC_CHAT_ERROR_TOO_FAST)
    sc_chat_error_get_private (error)->refusal =
      (ScChatRefusal) { SC_CHAT_REFUSAL_SLOW, TOO_FAST_SECONDS };
  return error;
}

/**
 * sc_chat_error_new_refused:
 * @code: why a line would not pass the room's review
 * @seconds: how long until it would, 0 where that is not known
 *
 * Returns: (transfer full): the %SC_CHAT_ERROR_REJECTED that says so
 */
GError *
sc_chat_error_new_refused (ScChatRefusalCode code, guint seconds)
{
  GError *error =
    g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_REJECTED, "The room's rules do not allow it");
  sc_chat_error_get_private (error)->refusal = (ScChatRefusal) { code, seconds };
  return error;
}

/**
 * sc_chat_error_new_banned:
 * @reason: (nullable): why, in the words of whoever did it
 * @until: when it is over, microseconds since the epoch; 0 for never
 *
 * Returns: (transfer full): an %SC_CHAT_ERROR_BANNED
 */
GError *
sc_chat_error_new_banned (const char *reason, gint64 until)
{
  GError *error = g_error_new_literal (SC_CHAT_ERROR, SC_CHAT_ERROR_BANNED, reason ? reason : "");
  sc_chat_error_get_private (error)->until = until;
  return error;
}

/**
 * sc_chat_error_get_refusal:
 * @error: (nullable): an error of any domain
 *
 * Returns: (transfer none) (nullable): what the room's review says about a line, if that is why
 */
const ScChatRefusal *
sc_chat_error_get_refusal (const GError *error)
{
  if (!g_error_matches (error, SC_CHAT_ERROR, SC_CHAT_ERROR_REJECTED) &&
      !g_error_matches (error, SC_CHAT_ERROR, SC_CHAT_ERROR_TOO_FAST))
    return NULL;
  return &sc_chat_error_get_private (error)->refusal;
}

/**
 * sc_chat_error_is_held:
 * @error: (nullable): an error of any domain
 *
 * Returns: whether it says that a line waits for a moderator, who may yet let it through
 */
gboolean
sc_chat_error_is_held (const GError *error)
{
  const ScChatRefusal *refusal = sc_chat_error_get_refusal (error);
  return refusal && refusal->code == SC_CHAT_REFUSAL_HELD;
}

/**
 * sc_chat_error_get_until:
 * @error: (nullable): an error of any domain
 *
 * Returns: when a ban is over, microseconds since the epoch; 0 for never, and where there is none
 */
gint64
sc_chat_error_get_until (const GError *error)
{
  if (!g_error_matches (error, SC_CHAT_ERROR, SC_CHAT_ERROR_BANNED))
    return 0;
  return sc_chat_error_get_private (error)->until;
}
