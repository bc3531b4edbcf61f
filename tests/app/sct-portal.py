# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal that asks a person whether an application may stay (XDG Desktop Portal,
org.freedesktop.portal.Background), a template for python-dbusmock. It has none of its own, and a method
that it is told of knows neither who calls nor how to answer after a signal; a portal needs both."""

import dbus
from dbusmock import MOCK_IFACE

BUS_NAME = "org.freedesktop.portal.Desktop"
MAIN_OBJ = "/org/freedesktop/portal/desktop"
MAIN_IFACE = "org.freedesktop.portal.Background"
REQUEST_IFACE = "org.freedesktop.portal.Request"
SYSTEM_BUS = False


def load(mock, parameters):
    """Called by python-dbusmock."""
    mock.answer = (0, False)


@dbus.service.method(MOCK_IFACE, in_signature="ub")
def SetAnswer(self, response, early):
    """What is answered, 0 for yes, and whether that comes before the call's answer."""
    self.answer = (response, early)


@dbus.service.method(
    MAIN_IFACE,
    in_signature="sa{sv}",
    out_signature="o",
    sender_keyword="sender",
    async_callbacks=("reply", "fail"),
)
def RequestBackground(self, parent, options, sender, reply, fail):
    """Answers where the caller listens: a path of its name and its token."""
    response, early = self.answer
    name = sender[1:].replace(".", "_")
    handle = dbus.ObjectPath(f"{MAIN_OBJ}/request/{name}/{options['handle_token']}")
    if not early:
        reply(handle)
    self.EmitSignalDetailed(
        REQUEST_IFACE,
        "Response",
        "ua{sv}",
        [response, {"background": response == 0}],
        {"path": handle, "destination": sender},
    )
    if early:
        reply(handle)
