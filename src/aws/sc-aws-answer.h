/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sc-aws.h"

G_BEGIN_DECLS

/* How the clients take an answer apart; for the files of this folder. */

typedef gpointer (*ScAwsReader) (JsonObject *object, GError **error);

gpointer
sc_aws_read_member (JsonObject *output, const char *member, ScAwsReader reader, GError **error);
gpointer sc_aws_read_root (JsonObject *output, ScAwsReader reader, GError **error);

/**
 * ScAwsList:
 * @operation: the List operation
 * @member: the output's member that holds the list
 * @reader: makes a structure of each element
 * @free_item: frees one
 * @page_size: the most elements that the API gives on a page
 */
typedef struct {
  ScAwsOperation operation;
  const char *member;
  ScAwsReader reader;
  GDestroyNotify free_item;
  int page_size;
} ScAwsList;

GPtrArray *sc_aws_call_list (ScAws *aws,
                             const ScAwsList *list,
                             JsonObject *input,
                             char **token,
                             GError **error);

G_END_DECLS
