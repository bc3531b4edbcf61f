/* SPDX-FileCopyrightText: 2026 The StreamCat contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An Amazon S3 of one bucket in a thread of its own: it has one object that is read, keeps the one
 * that was written last, and counts who asks. */
typedef struct _SctBucket SctBucket;

SctBucket *sct_bucket_new (void);
void sct_bucket_free (SctBucket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SctBucket, sct_bucket_free)

const char *sct_bucket_get_url (SctBucket *self);
void sct_bucket_put (SctBucket *self, const char *path, guint status, const char *object);
guint sct_bucket_count (SctBucket *self);
void sct_bucket_set_write_status (SctBucket *self, guint status);
char *sct_bucket_dup_written (SctBucket *self, char **ret_path);

G_END_DECLS
