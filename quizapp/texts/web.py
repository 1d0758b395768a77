"""What the page says around the app in a browser, and who is not let in."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "web.starting": Words("quizapp is starting…", "quizapp 正在启动…"),
    "web.ended": Words("quizapp has ended. What you graded is saved.", "quizapp 已退出。评过的分都已保存。"),
    "web.taken": Words(
        "quizapp is open in another tab, and one at a time may have it. Close it there, then open it here.",
        "quizapp 已在另一个标签页中打开，同时只能用一个。请先关闭那一个，再在这里打开。",
    ),
    "web.failed": Words(
        "quizapp could not go on. The terminal in which 'quizapp serve' runs says why.",
        "quizapp 无法继续。原因见运行 'quizapp serve' 的终端。",
    ),
    "web.lost": Words("The connection is lost. What you graded is saved.", "连接已断开。评过的分都已保存。"),
    "web.again": Words("Open it here", "在这里打开"),
    "web.keyboard": Words("keyboard", "键盘"),
    "web.refused.link": Words(
        "Open the link that 'quizapp serve' printed, whole.", "请打开 'quizapp serve' 输出的完整链接。"
    ),
    "web.refused.used": Words(
        "This link is not valid any more: it opens quizapp in one browser, once. 'quizapp serve', started again, "
        "prints another.",
        "这个链接已失效：它只能在一个浏览器里打开一次。重新启动 'quizapp serve' 会输出新的链接。",
    ),
    "web.refused.host": Words("quizapp is not served under this name.", "不能用这个主机名访问 quizapp。"),
    "web.refused.origin": Words("Another site asked for this: refused.", "这个请求来自别的网站，已拒绝。"),
}
