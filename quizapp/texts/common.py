"""What every room says: rows of things, and lengths of time, and what the system refused."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "common.one": Words("{it}", "{it}"),
    "common.row": Words("{before}, {it}", "{before}、{it}"),
    "common.and": Words("{before} and {it}", "{before} 和 {it}"),
    "common.or": Words("{before} or {it}", "{before} 或 {it}"),
    "common.at": Words("{place}: {what}", "{place}：{what}"),
    "common.span.instant": Words("<1 min", "<1 分钟"),
    "common.span.within": Words("<{span}", "<{span}"),
    "common.span.minutes": Words("{n} min", "{n} 分钟"),
    "common.span.hours": Words("{n} h", "{n} 小时"),
    "common.span.days": Words("{n} d", "{n} 天"),
    "common.span.months": Words("{n} mo", "{n} 个月"),
    "common.span.years": Words("{n} y", "{n} 年"),
    "common.refused": Words("{why}.", "{why}。"),
    "common.refused_file": Words("{file}: {why}.", "{file}：{why}。"),
    "common.disk_full": Words("No space left on device", "磁盘已满"),
    "common.denied": Words("Permission denied", "没有权限"),
    "common.not_permitted": Words("Operation not permitted", "不允许这样操作"),
    "common.read_only": Words("Read-only file system", "文件系统是只读的"),
    "common.missing": Words("No such file or directory", "没有这个文件或文件夹"),
    "common.exists": Words("File exists", "文件已存在"),
    "common.is_folder": Words("Is a directory", "这是一个文件夹"),
    "common.is_no_folder": Words("Not a directory", "这不是文件夹"),
    "common.is_link": Words("Too many levels of symbolic links", "链接过多，或不允许跟随链接"),
    "common.device_fails": Words("Input/output error", "读写出错"),
    "common.cards": Plural("{n} card", "{n} cards", "{n} 张卡片"),
    "common.grade.again": Words("Again", "重来"),
    "common.grade.hard": Words("Hard", "困难"),
    "common.grade.good": Words("Good", "良好"),
    "common.grade.easy": Words("Easy", "简单"),
}
