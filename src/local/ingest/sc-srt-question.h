/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What streamcat-srt-listener asks the local cloud, one datagram a question and one an answer: the
 * process that strangers talk to knows no key and no passphrase but of those who showed the key. */

/* The longest stream id of SRT ("SRTO_STREAMID", libsrt's API socket options). */
#define SC_SRT_KEY_MAX 512
/* The longest passphrase of SRT, and the shortest ("SRTO_PASSPHRASE"). */
#define SC_SRT_PASSPHRASE_MAX 79
#define SC_SRT_PASSPHRASE_MIN 10

/* The descriptors that the listener finds: a SOCK_SEQPACKET for questions, and the UDP socket. */
#define SC_SRT_CONTROL_FD 3
#define SC_SRT_UDP_FD 4

/**
 * ScSrtVerdict:
 * @SC_SRT_ACCEPT: whoever knows the passphrase may publish
 * @SC_SRT_DENY: no such stream key
 * @SC_SRT_BUSY: somebody publishes with the key already
 */
typedef enum {
  SC_SRT_ACCEPT,
  SC_SRT_DENY,
  SC_SRT_BUSY,
} ScSrtVerdict;

/**
 * ScSrtQuestion:
 * @id: what the answer repeats
 * @key: the stream id that an encoder sent
 */
typedef struct {
  guint32 id;
  char key[SC_SRT_KEY_MAX + 1];
} ScSrtQuestion;

/**
 * ScSrtAnswer:
 * @id: the question's
 * @verdict: a #ScSrtVerdict
 * @passphrase: what the encoder has to know; empty unless accepted
 */
typedef struct {
  guint32 id;
  guint32 verdict;
  char passphrase[SC_SRT_PASSPHRASE_MAX + 1];
} ScSrtAnswer;

G_END_DECLS
