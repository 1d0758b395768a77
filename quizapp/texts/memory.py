"""What is said of what is remembered: journals that were damaged, what cannot be saved or undone, what a sync left out.

Those under `memory.line`, `memory.stray` and `memory.damaged.*` are parts of sentences.
"""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # why a line is no event
    "memory.line.checksum": Words("its checksum does not fit", "校验和不符"),
    "memory.line.short": Words("it is cut short", "内容不完整"),
    "memory.line.time": Words("it is of a time that no clock shows", "时间不合理"),
    "memory.line.no_event": Words("it is not an event: {error}", "不是一条有效记录：{error}"),
    "memory.line.long": Words("it is longer than {mb} MB", "超过 {mb} MB"),
    # why a file is no journal
    "memory.stray.misnamed": Words(
        "the name of a journal is that of a device (0-9 and a-z) with .jsonl",
        "日志的文件名应为设备名（由 0-9 和 a-z 组成）加 .jsonl",
    ),
    "memory.stray.start": Words("it does not begin as a journal does", "开头不是日志的格式"),
    "memory.stray.damaged_start": Words("it does not begin as a journal does: {why}", "开头不是日志的格式：{why}"),
    "memory.stray.other_device": Words(
        "it is the journal of another device, {device}", "这是另一台设备 {device} 的日志"
    ),
    "memory.stray.newer": Words(
        "it was written by a newer quizapp (format {format}; this one knows {known}): update quizapp",
        "由更新版本的 quizapp 写入（格式 {format}，当前版本只支持 {known}），请升级 quizapp",
    ),
    "memory.stray.no_file": Words("it is no regular file", "不是普通文件"),
    "memory.stray.link": Words("it is a link, and links are not followed", "这是链接，quizapp 不读取链接指向的文件"),
    "memory.stray.hidden": Words("it cannot be looked at ({why})", "无法查看（{why}）"),
    "memory.stray.unreadable": Words("it cannot be read ({why})", "无法读取（{why}）"),
    # what was found in the journals
    "memory.left_out": Words("{file} is left out: {why}.", "已忽略 {file}：{why}。"),
    "memory.unreadable": Words(
        "{file} cannot be read ({why}); what it says is missing here.",
        "无法读取 {file}（{why}），其中的记录这里都看不到。",
    ),
    "memory.refused": Words(
        "{file} cannot be read ({why}): nothing is saved until that is mended.",
        "无法读取 {file}（{why}）：问题解决之前不会保存任何内容。",
    ),
    "memory.no_folder": Words(
        "{folder} is no folder that may be written to: you see your progress, and nothing is saved.",
        "{folder} 不是可写的文件夹：可以查看进度，但不会保存任何内容。",
    ),
    "memory.newer": Words(
        "{file} was written by a newer quizapp (format {format}; this one knows {known}): you see what can be read, "
        "and nothing is saved. Update quizapp.",
        "{file} 由更新版本的 quizapp 写入（格式 {format}，当前版本只支持 {known}）："
        "能读取的部分照常显示，但不会保存任何内容。请升级 quizapp。",
    ),
    "memory.newer_from_there": Words(
        "{file} was written by a newer quizapp (format {format}; this one knows {known}): what it says from there on "
        "is missing here. Update quizapp.",
        "{file} 由更新版本的 quizapp 写入（格式 {format}，当前版本只支持 {known}）：从那里开始的记录这里都看不到。"
        "请升级 quizapp。",
    ),
    "memory.missing_lines": Words(
        "{file} lacks {n} of its lines; the rest goes on without them.", "{file} 缺少 {n} 行，其余部分照常使用。"
    ),
    "memory.torn": Words(
        "The last line of {file} was cut short, as by a crash: it was not saved as an event, and is kept in {kept}.",
        "{file} 的最后一行不完整（可能是程序崩溃所致）：这一行没有保存为记录，已移到 {kept}。",
    ),
    "memory.damaged": Words(
        "{n} damaged line(s) in {file}, the first at byte {at} ({why}): they do not count; {where}.",
        "{file} 中有 {n} 行损坏，第一处在第 {at} 字节（{why}）：这些行不计入；{where}。",
    ),
    "memory.damaged.copied": Words("copies are in {kept}", "副本在 {kept}"),
    "memory.damaged.some_copied": Words("copies of the first {n} are in {kept}", "前 {n} 行的副本在 {kept}"),
    "memory.damaged.not_copied": Words("they could not be copied ({why})", "未能保留副本（{why}）"),
    "memory.rebuilt": Words(
        "{file} is not what it was: your progress was made again from what the journals say now ({kept} has how it "
        "stood).",
        "{file} 的内容被改动过：已按各日志现在的内容重新生成进度（原来的进度保存在 {kept}）。",
    ),
    "memory.snapshot.unreadable": Words(
        "{file} cannot be read ({why}); your progress comes from the journals.",
        "无法读取 {file}（{why}），进度改由日志得出。",
    ),
    "memory.snapshot.damaged": Words(
        "{file} was damaged: it was made again from the journals ({kept} has what stood there).",
        "{file} 已损坏：已根据日志重新生成（原内容保存在 {kept}）。",
    ),
    "memory.snapshot.unwritten": Words(
        "{file} cannot be written ({why}); your grades are safe in the journal.",
        "无法写入 {file}（{why}）；你的评分已安全保存在日志中。",
    ),
    # what cannot be saved or undone
    "memory.save.refused": Words(
        "Cannot write {file}: {why}. Nothing was saved; mend that and try again.",
        "无法写入 {file}：{why}。没有保存任何内容，请先解决这个问题再试。",
    ),
    "memory.save.gone": Words(
        "{file} is gone. Nothing was saved; put it back and try again, or start anew.",
        "{file} 不见了。没有保存任何内容，请把它放回原处再试，或重新启动 quizapp。",
    ),
    "memory.save.replaced": Words(
        "{file} was replaced meanwhile. Nothing was saved; try again.",
        "{file} 在此期间被替换了。没有保存任何内容，请重试。",
    ),
    "memory.save.too_long": Words(
        "That is more than {mb} MB, which no line may have. Nothing was saved.",
        "内容超过 {mb} MB，而一行最多只能有这么多。没有保存任何内容。",
    ),
    "memory.stale": Words("{card} was changed elsewhere since it was shown.", "{card} 显示之后，在别处被改动过。"),
    "memory.undo.already": Words("That was undone already.", "这一步已经撤销过了。"),
    "memory.undo.unreadable": Words(
        "The journal that says what happened to {card} cannot be read.", "无法读取记载 {card} 历史的日志。"
    ),
    "memory.undo.reviewed_since": Words(
        "{card} was reviewed again since; undo that first.", "{card} 之后又复习过，请先撤销那一次。"
    ),
    "memory.undo.not_here": Words(
        "There is nothing to undo: this device made no such change.", "没有可撤销的内容：这台设备没有做过这样的改动。"
    ),
    # fitting
    "memory.fit.missing": Words(
        "Fitting needs py-fsrs's optimizer and torch: {command}", "拟合需要 py-fsrs 的优化器和 torch：{command}"
    ),
    "memory.fit.too_few": Words(
        "There are {n} reviews; fitting begins at {least}.",
        "目前只有 {n} 次复习，满 {least} 次才能拟合。",
    ),
    # what a sync or a restore left out
    "memory.union.left_out": Words("{file} was left out: {why}.", "已跳过 {file}：{why}。"),
    "memory.union.too_large": Words("it is larger than {mb} MB", "超过 {mb} MB"),
    "memory.union.too_many": Words(
        "{folder} holds {n} journals, of which {most} are looked at: remove those that are not of your devices.",
        "{folder} 中有 {n} 个日志，只处理其中 {most} 个：请删除不属于你的设备的日志。",
    ),
    "memory.union.differ": Words(
        "{theirs} and {ours} differ before the end of either: nothing was copied. 'quizapp doctor' says which one is "
        "damaged; remove that copy and sync again.",
        "{theirs} 和 {ours} 的内容在结尾之前就不一致：没有复制任何内容。用 'quizapp doctor' 查出损坏的是哪一个，"
        "删除那个副本后再同步。",
    ),
    "memory.union.not_ours": Words(
        "{file} goes on with what this device cannot have written ({why}): nothing was taken from it, and your own "
        "journal is as it was. Remove that copy and sync again.",
        "{file} 后面有这台设备不可能写入的内容（{why}）：没有采用其中任何内容，你自己的日志保持原样。"
        "请删除那个副本后再同步。",
    ),
    "memory.union.goes_on": Words(
        "{file} goes on where this device's journal ended. It was taken as another device's, and this device begins a "
        "new one: look at what came, unless you had brought back an older copy of your files.",
        "{file} 比这台设备的日志更长。它已作为另一台设备的日志接收，这台设备改用新的日志：除非你恢复过较旧的文件副本，"
        "否则请检查收到的内容。",
    ),
    "memory.union.at_byte": Words("at byte {at} {why}", "第 {at} 字节处，{why}"),
    "memory.union.out_of_order": Words("line {line} follows line {before}", "第 {line} 行紧跟在第 {before} 行之后"),
    "memory.union.begins": Words(
        "line {line} begins a journal of format {format}", "第 {line} 行又开始了一个格式 {format} 的日志"
    ),
}
