-- SPDX-FileCopyrightText: 2026 The StreamCat contributors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Tick asks each time which channels and rooms refer to something else than what is deployed now,
-- and mostly none does: that is told by two ranges a kind, not by a look at all of them.
CREATE INDEX provision_steps_refers_to ON provision_steps (step, coalesce(refers_to, ''))
  WHERE state = 'done';
