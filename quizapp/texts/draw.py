"""What figures say beside what they draw."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "draw.over": Words("{measure} over {over}", "{measure} 随 {over} 的变化"),
    "draw.all_over": Words("over {over}", "各项随 {over} 的变化"),
    "draw.no_values": Words("(no values)", "（没有数值）"),
    "draw.more": Words("and {n} more", "还有 {n} 项"),
    "draw.together": Words("several in one place", "多点重合"),
}
