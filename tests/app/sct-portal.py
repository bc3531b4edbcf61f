# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The portal of a desktop (XDG Desktop Portal): asks a person whether an application may stay, for files,
and with what a link is to be opened; shows notifications; knows the network. A template for
python-dbusmock, which has none of its own; and a method that it is told of knows neither who calls nor
how to answer after a signal; a portal needs both."""

import dbus
from dbusmock import MOCK_IFACE

BUS_NAME = "org.freedesktop.portal.Desktop"
MAIN_OBJ = "/org/freedesktop/portal/desktop"
MAIN_IFACE = "org.freedesktop.portal.Background"
FILES_IFACE = "org.freedesktop.portal.FileChooser"
LINKS_IFACE = "org.freedesktop.portal.OpenURI"
NOTIFICATIONS_IFACE = "org.freedesktop.portal.Notification"
NETWORK_IFACE = "org.freedesktop.portal.NetworkMonitor"
REQUEST_IFACE = "org.freedesktop.portal.Request"
SYSTEM_BUS = False

# Those of xdg-desktop-portal 1.20.
VERSIONS = {FILES_IFACE: 4, LINKS_IFACE: 5, NETWORK_IFACE: 3, NOTIFICATIONS_IFACE: 2}


def load(mock, parameters):
    """Called by python-dbusmock."""
    mock.answer = (0, False)
    mock.shown = {}
    for interface, version in VERSIONS.items():
        mock.AddProperties(interface, {"version": dbus.UInt32(version)})


def make_handle(options, sender):
    """Where the caller listens: a path of its name and its token."""
    name = sender[1:].replace(".", "_")
    return dbus.ObjectPath(f"{MAIN_OBJ}/request/{name}/{options['handle_token']}")


def respond(mock, handle, sender, response, results):
    """Says to who called what the person answered, 0 for yes."""
    details = {"path": handle, "destination": sender}
    mock.EmitSignalDetailed(REQUEST_IFACE, "Response", "ua{sv}", [response, results], details)


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
    """Answers at once."""
    response, early = self.answer
    handle = make_handle(options, sender)
    if not early:
        reply(handle)
    respond(self, handle, sender, response, {"background": response == 0})
    if early:
        reply(handle)


def ask(mock, options, sender):
    """Leaves the answer to Answer()."""
    mock.asked = (make_handle(options, sender), sender)
    return mock.asked[0]


@dbus.service.method(FILES_IFACE, in_signature="ssa{sv}", out_signature="o", sender_keyword="sender")
def OpenFile(self, parent, title, options, sender):
    """Asks for a file, or a folder, that is there."""
    return ask(self, options, sender)


@dbus.service.method(FILES_IFACE, in_signature="ssa{sv}", out_signature="o", sender_keyword="sender")
def SaveFile(self, parent, title, options, sender):
    """Asks for a file that is to be written."""
    return ask(self, options, sender)


@dbus.service.method(LINKS_IFACE, in_signature="ssa{sv}", out_signature="o", sender_keyword="sender")
def OpenURI(self, parent, uri, options, sender):
    """Asks for a program that opens a link."""
    return ask(self, options, sender)


@dbus.service.method(MOCK_IFACE, in_signature="uas")
def Answer(self, response, uris):
    """What the person answers to the last question, 0 for yes, and the files that they chose."""
    respond(self, *self.asked, response, {"uris": dbus.Array(uris, signature="s")})


@dbus.service.method(NOTIFICATIONS_IFACE, in_signature="sa{sv}")
def AddNotification(self, name, notification):
    """Shows a notification, in the place of another with its name."""
    self.shown[name] = notification


@dbus.service.method(NOTIFICATIONS_IFACE, in_signature="s")
def RemoveNotification(self, name):
    """Shows it no longer."""
    self.shown.pop(name, None)


@dbus.service.method(MOCK_IFACE, in_signature="ss")
def Click(self, application, name):
    """The person clicks on a notification: what its action is called with "app." is one that the
    application has on the bus, where it is started for that if need be."""
    notification = self.shown[name]
    prefix, action = notification["default-action"].split(".", 1)
    assert prefix == "app"
    self.connection.call_async(
        application,
        "/" + application.replace(".", "/"),
        "org.freedesktop.Application",
        "ActivateAction",
        "sava{sv}",
        (action, [notification["default-action-target"]], {}),
        None,
        None,
    )


@dbus.service.method(NETWORK_IFACE, out_signature="a{sv}")
def GetStatus(self):
    """There is a network, and all of it."""
    return {"available": True, "metered": False, "connectivity": dbus.UInt32(4)}
