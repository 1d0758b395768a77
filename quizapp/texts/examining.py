"""What is said of an examiner's verdict, beside the card that it is about."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "examining.ask": Words(
        "May an examiner listen to your answer?\n\n"
        "Sent when you ask, and after each answer that you type in a mock interview: the question, its points, and "
        "what you typed.\n"
        "To: the model {model} at {host}\n"
        "({address})\n\n"
        "A service may charge for it, and keep what it is sent. This is asked once for an address.",
        "要请考官评判你的回答吗？\n\n"
        "每次请考官评判时，以及在模拟面试中每次书面作答后，会发送：题目、要点和你写的回答。\n"
        "发送到：{host} 上的模型 {model}\n"
        "（{address}）\n\n"
        "对方可能收费，也可能保存收到的内容。每个地址只问一次。",
    ),
    "examining.ask_clear": Words(
        "It goes there unencrypted: others on the way can read it.", "发送时不加密，途中他人可以读到。"
    ),
    "examining.title": Words("The examiner", "考官"),
    "examining.made": Words("made", "说到了"),
    "examining.partly": Words("partly", "说到一部分"),
    "examining.missed": Words("missed", "没说到"),
    "examining.unsure": Words("cannot tell", "无法判断"),
    "examining.quoted": Words("{what}: “{words}”", "{what}：“{words}”"),
    "examining.against": Words("{what}: you said “{words}”", "{what}：你说的是“{words}”"),
    "examining.but_ticked": Words("but you ticked it", "但你勾选了"),
    "examining.but_not_ticked": Words("but you did not tick it", "但你没有勾选"),
    "examining.wrong": Words("wrong: “{words}”", "有误：“{words}”"),
    "examining.better": Words("better: {words}", "更好的说法：{words}"),
    "examining.listens": Words("{model} is listening · {key} stops it", "{model} 正在评判 · 按 {key} 停止"),
    "examining.stopped": Words("Stopped. {key} asks again.", "已停止。按 {key} 重新评判。"),
    "examining.again": Words("{why} {key} asks again.", "{why}按 {key} 重试。"),
    "examining.said_by": Words("said {model} at {host}", "评判来自 {host} 上的 {model}"),
    "examining.said_before": Words(
        "said {model} at {host} before; nothing was sent", "以前的评判，来自 {host} 上的 {model}；这次没有发送"
    ),
}
