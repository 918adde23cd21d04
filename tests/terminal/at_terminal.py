"""Runs a command on a terminal of its own, as a user would, and says as JSON what it showed and how it ended.

at_terminal.py COLUMNS ROWS ACTIONS COMMAND...   ACTIONS: a JSON list of {"after": TEXT, "send": TEXT | "signal": NAME | "resize": [C, R]}
"""
import codecs, fcntl, json, os, pty, select, signal, struct, sys, termios, time

columns, rows, actions, command = int(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4:]


def resize(fd, columns, rows):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


pid, fd = pty.fork()
if pid == 0:
    # The size is there before the command looks.
    resize(0, columns, rows)
    os.execvp(command[0], command)

resize(fd, columns, rows)
decode = codecs.getincrementaldecoder("utf-8")("replace").decode
shown, since, deadline = "", 0, time.monotonic() + 100
while time.monotonic() < deadline:
    ready, _, _ = select.select([fd], [], [], 0.2)
    if ready:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        shown += decode(data)
    while actions and actions[0]["after"] in shown[since:]:
        action = actions.pop(0)
        since = len(shown)
        # What shows a text is about to read keys, not yet reading.
        time.sleep(0.3)
        if "send" in action:
            os.write(fd, action["send"].encode())
        if "signal" in action:
            os.kill(pid, getattr(signal, action["signal"]))
        if "resize" in action:
            resize(fd, *action["resize"])
            os.kill(pid, signal.SIGWINCH)
else:
    os.kill(pid, signal.SIGKILL)
_, status = os.waitpid(pid, 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "shown": shown, "left": actions}))
