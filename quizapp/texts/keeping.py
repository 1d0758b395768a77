"""What the commands print that keep the user's files: backup, restore, sync and doctor."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "keeping.left_out": Words("{path} was left out: {why}.", "已略过 {path}：{why}。"),
    # Why a file is not in a backup
    "keeping.why.link": Words("it is a link, and links are not followed", "它是链接，quizapp 不读取链接指向的文件"),
    "keeping.why.folder": Words("it belongs to no folder of quizapp's", "不在 quizapp 的文件夹里"),
    "keeping.why.path": Words("its path means something else on other systems", "它的路径在别的系统上另有含义"),
    "keeping.why.characters": Words("its name holds characters that cannot be shown", "文件名含有无法显示的字符"),
    "keeping.why.long": Words("its name is too long", "文件名太长"),
    "keeping.why.unread": Words("it cannot be read ({why})", "无法读取（{why}）"),
    "keeping.why.not_ours": Words("it is not quizapp's", "不是 quizapp 的文件"),
    "keeping.why.no_file": Words("it is no regular file", "不是普通文件"),
    "keeping.why.encrypted": Words("it is encrypted", "已加密"),
    "keeping.why.packed": Words("it is packed as in no backup", "压缩方式与备份不符"),
    "keeping.backup.no_file": Words(
        "{path} is not a plain file: name the zip file to write.", "{path} 不是普通文件：请给出要写入的 zip 文件名。"
    ),
    "keeping.backup.nothing": Words("There is nothing in {home} to keep yet.", "{home} 里还没有可备份的内容。"),
    "keeping.backup.done": Plural("{n} file is in {path}", "{n} files are in {path}", "已备份 {n} 个文件到 {path}"),
    "keeping.restore.no_backup": Words(
        "{file} is not a backup made by quizapp: {why}. Nothing was changed.",
        "{file} 不是 quizapp 的备份：{why}。没有改动任何文件。",
    ),
    "keeping.restore.no_zip": Words("{why}", "不是完好的 zip 文件（{why}）"),
    "keeping.restore.many": Words("it holds more than {most} files", "文件超过 {most} 个"),
    "keeping.restore.list_damaged": Words("its list of files is damaged", "文件列表已损坏"),
    "keeping.restore.large": Words("it unpacks to over {gb} GB", "解压后超过 {gb} GB"),
    "keeping.restore.twice": Words("it holds two files of one name", "有两个同名文件"),
    "keeping.restore.holds": Words("it holds {name}, and {why}", "其中有 {name}，{why}"),
    "keeping.restore.trust": Words(
        "The experiments that you allowed ask again: what was allowed elsewhere is not restored.",
        "允许过的实验会重新询问：运行许可不随备份恢复。",
    ),
    "keeping.restore.stays": Words(
        "{path} is another file or behind a link, and stays; the backup's is {target}.",
        "{path} 与备份不同，或要经过链接才能到达，保持不变；备份中的文件在 {target}。",
    ),
    "keeping.restore.done": Plural(
        "{n} journal was taken from {file}", "{n} journals were taken from {file}", "从 {file} 取回了 {n} 份日志"
    ),
    "keeping.sync.name": Words("Name a shared folder, or a git repository.", "请给出共享文件夹或 git 仓库。"),
    "keeping.sync.no_folder": Words(
        "There is no folder {folder}. Make it first, or name a git repository (ssh://, https://, HOST:PATH).",
        "没有文件夹 {folder}。请先建立它，或给出 git 仓库（ssh://、https://、HOST:PATH）。",
    ),
    "keeping.sync.came": Plural("{n} journal came", "{n} journals came", "收到 {n} 份日志"),
    "keeping.sync.done": Words("{came}, {went} went to {remote}", "{came}，送出 {went} 份到 {remote}"),
    "keeping.sync.busy": Words(
        "{remote} was changed by others {tries} times meanwhile. Nothing is lost: sync again.",
        "{remote} 在此期间被其他设备改动了 {tries} 次。没有丢失任何东西：请再同步一次。",
    ),
    "keeping.sync.leads_away": Words(
        "{path} leads to another place: nothing was synced. Name the repository itself.",
        "{path} 指向别处：没有同步。请直接给出仓库本身。",
    ),
    "keeping.sync.odd": Words(
        "{path} is a link, or no regular file: nothing was synced. Remove it and sync again.",
        "{path} 是链接或不是普通文件：没有同步。请删除它再同步。",
    ),
    "keeping.sync.no_branch": Words(
        "{path} names no branch: nothing was synced. Make the repository anew.",
        "{path} 没有指明分支：没有同步。请重新建立仓库。",
    ),
    "keeping.sync.kind": Words(
        "{path} is a repository of a kind that quizapp does not sync with: make one by 'git init'.",
        "quizapp 不支持 {path} 这种仓库：请用 'git init' 新建一个。",
    ),
    "keeping.sync.left_out": Words("{remote}/{name} was left out: {why}.", "已略过 {remote}/{name}：{why}。"),
    "keeping.sync.why.name": Words(
        "the name of a journal is that of a device (0-9 and a-z) with .jsonl",
        "日志的文件名应是设备名（0-9 和 a-z）加 .jsonl",
    ),
    "keeping.sync.why.two": Words("there are two of that name", "有两个同名文件"),
    "keeping.sync.why.large": Words("it is larger than {mb} MB", "超过 {mb} MB"),
    "keeping.sync.why.many": Words(
        "there is too much beside it; remove the journals that are not of your devices",
        "旁边的文件太多；请删除不属于你的设备的日志",
    ),
    "keeping.git.missing": Words(
        "Syncing with a git repository needs the program git, which is not installed.",
        "与 git 仓库同步需要 git 程序，但没有安装。",
    ),
    "keeping.git.long": Words(
        "git {word} took over {seconds} seconds and was ended. Nothing is lost: sync again.",
        "git {word} 超过 {seconds} 秒，已中止。没有丢失任何东西：请再同步一次。",
    ),
    "keeping.git.large": Words(
        "{remote} holds too much to be a place for journals: nothing was changed.",
        "{remote} 内容太多，不像存放日志的地方：没有改动任何东西。",
    ),
    "keeping.git.failed": Words("it failed", "失败了"),
    "keeping.git.said": Words(
        "git: {what}. Your journals are as they were: sync again when that is mended.",
        "git：{what}。你的日志保持原样：解决之后请再同步。",
    ),
    "keeping.doctor.mended": Words("mended: {what}", "已修复：{what}"),
    "keeping.doctor.snapshot_made": Words(
        "progress.json was made again from the journals", "已根据日志重新生成 progress.json"
    ),
    "keeping.doctor.head": Plural(
        "{home}: {n} card with a history", "{home}: {n} cards with a history", "{home}：{n} 张卡片有学习记录"
    ),
    "keeping.doctor.journal": Words("  {file}: {events}, {bytes}", "  {file}：{events}，{bytes}"),
    "keeping.doctor.own_journal": Words(
        "  {file}: {events}, {bytes}  (this device)", "  {file}：{events}，{bytes}（本设备）"
    ),
    "keeping.doctor.events": Plural("{n} event", "{n} events", "{n} 个事件"),
    "keeping.doctor.bytes": Plural("{n} byte", "{n} bytes", "{n} 字节"),
    "keeping.doctor.problem": Words("problem: {what}", "问题：{what}"),
    "keeping.doctor.well": Words("Nothing is amiss.", "一切正常。"),
    "keeping.doctor.mend": Words(
        "'quizapp doctor --mend' mends what can be mended.", "'quizapp doctor --mend' 会修复能修复的问题。"
    ),
    "keeping.doctor.unread": Words(
        "{file} cannot be read ({why}); what it says is missing", "无法读取 {file}（{why}）；其中的内容缺失"
    ),
    "keeping.doctor.not_synced": Words("{file} is not synced: {why}", "{file} 不会同步：{why}"),
    "keeping.doctor.damaged": Plural(
        "{file} has {n} damaged line, at byte {offset}: {why}",
        "{file} has {n} damaged lines, the first at byte {offset}: {why}",
        "{file} 有 {n} 行损坏，第一处在第 {offset} 字节：{why}",
    ),
    "keeping.doctor.missing": Plural(
        "{file} lacks {n} line that was once written",
        "{file} lacks {n} lines that were once written",
        "{file} 缺少曾经写入的 {n} 行",
    ),
    "keeping.doctor.torn": Plural(
        "{file} ends in a line that was cut short, as by a crash ({n} byte)",
        "{file} ends in a line that was cut short, as by a crash ({n} bytes)",
        "{file} 的最后一行不完整，像是崩溃所致（{n} 字节）",
    ),
    "keeping.doctor.newer": Words(
        "{file} is of format {format}, newer than this quizapp knows: update quizapp",
        "{file} 的格式版本是 {format}，比当前 quizapp 新：请升级 quizapp",
    ),
    "keeping.doctor.no_snapshot": Words(
        "progress.json cannot be read ({why}); the next start makes it again",
        "无法读取 progress.json（{why}）；下次启动会重新生成",
    ),
    "keeping.doctor.differs": Plural(
        "progress.json differs from the journals for {n} card, such as {key}",
        "progress.json differs from the journals for {n} cards, such as {key}",
        "progress.json 与日志不一致：{n} 张卡片，例如 {key}",
    ),
    "keeping.doctor.orphans": Plural(
        "{n} card is in no deck any more; its history is kept: {some}",
        "{n} cards are in no deck any more; their history is kept: {some}",
        "{n} 张卡片已不在任何题库里；学习记录仍保留：{some}",
    ),
    "keeping.doctor.set_aside": Plural(
        "{file}: {n} line set aside", "{file}: {n} lines set aside", "{file}：已另存 {n} 行"
    ),
}
