"""The server behind `warm.ForkServer`: loads torch, then forks a reaper for each run. Linux only.

A fork is safe while there is one thread, so no tensor operation may run here: it would start others.
"""

import os
import signal
import socket
from typing import NoReturn

import quizapp.lab.reaper
import quizapp.lab.sandbox


def serve() -> NoReturn:
    """Standard input is the socket to the app: a message brings a run's three descriptors, its end ends the server."""
    app = socket.socket(fileno=0)
    os.nice(19)
    _preload()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # reapers need no one to wait for them
    app.send(b"r")
    while True:
        message, descriptors, _, _ = socket.recv_fds(app, 1, 3)
        if not message:
            os._exit(0)
        if len(descriptors) == 3 and os.fork() == 0:
            app.detach()
            os.close(0)
            quizapp.lab.reaper.run_reaped(*descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _preload() -> None:
    """Import what nearly every demo needs, down to what the first optimizer would pull in."""
    import gc
    from importlib import import_module

    for name in (
        "quizapp.lab.kernel",
        "quizapp.lab.copied",
        "quizapp.lab.invigilator",
        "linecache",
        "traceback",
        "torch",
        "torch._dynamo",
        "numpy.random",
    ):
        try:
            import_module(name)
        except ImportError:
            pass  # a torch without it, or none: the run will say so
    quizapp.lab.sandbox.prepare()
    if len(os.listdir("/proc/self/task")) != 1:  # noqa: PTH208
        os._exit(1)  # a thread was started: forks would not be safe
    gc.collect()
    gc.freeze()  # so that a child's first collection does not copy all pages
