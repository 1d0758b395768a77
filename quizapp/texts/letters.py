"""What each letter means on every screen: the table of `ui.keymap.MEANINGS`, in the help and docs/settings.md."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "letters.a": Words("add a card", "添加卡片"),
    "letters.b": Words("browse the cards", "浏览卡片"),
    "letters.c": Words("count the answers as reviews", "把回答计入复习"),
    "letters.d": Words("the demos", "实验室"),
    "letters.g": Words("graph the result over a knob", "画出结果随参数的变化"),
    "letters.h": Words("how it went: statistics", "学习统计"),
    "letters.i": Words("the interview, and its review", "面试和评阅"),
    "letters.j": Words("jump to a related card", "跳到相关卡片"),
    "letters.k": Words("the keys", "按键"),
    "letters.l": Words("the language", "语言"),
    "letters.m": Words("the next measure", "下一个指标"),
    "letters.n": Words("no", "否"),
    "letters.o": Words("another order", "换一种顺序"),
    "letters.p": Words("predict the experiment first", "先预测实验结果"),
    "letters.q": Words("quit", "退出"),
    "letters.r": Words("readiness for the interview", "面试准备情况"),
    "letters.s": Words("study", "学习"),
    "letters.t": Words("type", "输入"),
    "letters.u": Words("undo", "撤销"),
    "letters.v": Words("view the source", "查看源码"),
    "letters.w": Words("write to a file", "写入文件"),
    "letters.x": Words("the experiment: open it, run it", "实验：打开、运行"),
    "letters.y": Words("yes", "是"),
    "letters.z": Words("a quiz, or cramming", "测验或突击复习"),
    "letters.C": Words("compare with what was written before", "与以前写的对比"),
    "letters.D": Words("the date of the interview", "面试日期"),
    "letters.E": Words("edit in your editor", "在编辑器中修改"),
    "letters.H": Words("a hint", "提示"),
    "letters.L": Words("the LaTeX of the formulas", "公式的 LaTeX 源码"),
    "letters.M": Words("name the mistake", "指出错误"),
    "letters.O": Words("open a picture or sound", "打开图片或音频"),
    "letters.T": Words("the first session", "首次学习"),
}
