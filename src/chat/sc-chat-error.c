/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sc-chat-error.h"

G_DEFINE_QUARK (sc-chat-error-quark, sc_chat_error)

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
