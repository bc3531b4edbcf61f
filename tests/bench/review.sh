#!/bin/sh
# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: review.sh BUILD [--quick]
# How long a line of chat waits for its review, by the function's own zip in an empty root; fails
# where one of 100 takes longer than 100 ms.

"$1/tests/local/test-review-latency" "$1/src/lambda/streamcat-review.zip" \
  "$1/src/local/functions/empty-root/streamcat-empty-root" -m perf
