"""Import and export: why a file cannot be read or written, and what a deck has no place for (`formats.lost.…`)."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    "formats.no_importer": Words(
        "{file} cannot be imported: the ending of its name has to be one of {endings}",
        "无法导入 {file}：文件名的后缀必须是 {endings} 之一",
    ),
    "formats.no_exporter": Words(
        "{file} cannot be exported: the ending of its name has to be one of {endings}",
        "无法导出 {file}：文件名的后缀必须是 {endings} 之一",
    ),
    "formats.no_card": Words("{file} holds no card that could be imported", "{file} 中没有可以导入的卡片"),
    "formats.and_lost": Words("{message}; {what}: {n}", "{message}；{what}：{n}"),
    "formats.needs": Words(
        "this needs the Python package {package}, which is not installed: {command}",
        "这需要 Python 包 {package}，但没有安装：{command}",
    ),
    "formats.many_files_below": Words(
        "{folder} holds more than {most:,} files to import: import a folder in it",
        "{folder} 中可导入的文件超过 {most:,} 个：请导入其中的一个文件夹",
    ),
    # Text
    "formats.many_lines": Words(
        "{file} has more than {most:,} lines: split it into several files",
        "{file} 超过 {most:,} 行：请拆成几个文件",
    ),
    "formats.no_columns": Words(
        "{file} cannot be read as columns of text: {why}", "无法把 {file} 读作分列的文本：{why}"
    ),
    "formats.no_columns_there": Words("{file} has no columns to choose from", "{file} 没有可选的列"),
    "formats.no_such_column": Words(
        "{file} has no column {name}; it has {known}", "{file} 没有列 {name}；现有：{known}"
    ),
    "formats.quote_separator": Words(
        "{file} names a quote as its separator, which it cannot be: name tab, comma or semicolon",
        "{file} 把引号指定为分隔符，但引号不能作分隔符：请指定 tab、comma 或 semicolon",
    ),
    # Anki
    "formats.bad_collection": Words(
        "the collection in {file} cannot be read: {why}; export it from Anki again",
        "无法读取 {file} 中的集合：{why}；请从 Anki 重新导出",
    ),
    "formats.no_notes": Words(
        "the collection in {file} has no notes; export it from Anki again",
        "{file} 中的集合没有笔记；请从 Anki 重新导出",
    ),
    "formats.much_text": Words(
        "the notes in {file} have more than {mb} MB of text: export one deck of it",
        "{file} 中的笔记超过 {mb} MB 文本：请只导出其中一个牌组",
    ),
    "formats.long_settings": Words("its settings are too long", "它的设置过长"),
    "formats.odd_setting": Words(
        "a setting of the collection is not in a known form ({kind})", "集合中有一项设置的形式未知（{kind}）"
    ),
    "formats.long_number": Words("a number of the collection is too long", "集合中有一个数过长"),
    "formats.many_reviews": Words(
        "the collection has more than {most:,} reviews: export one deck of it",
        "集合中的复习记录超过 {most:,} 条：请只导出其中一个牌组",
    ),
    "formats.many_rows": Words(
        "the collection has more than {most:,} notes or cards: export one deck of it",
        "集合中的笔记或卡片超过 {most:,} 个：请只导出其中一个牌组",
    ),
    "formats.large_collection": Words(
        "the collection in {file} is larger than {mb} MB: export one deck of it",
        "{file} 中的集合超过 {mb} MB：请只导出其中一个牌组",
    ),
    "formats.slow_collection": Words(
        "the collection in {file} takes longer than {seconds} s to read: export one deck",
        "读取 {file} 中的集合超过 {seconds} 秒：请只导出一个牌组",
    ),
    "formats.many_files": Words(
        "{file} lists more files than a package may have", "{file} 列出的文件多于一个包可以有的数量"
    ),
    "formats.no_plain_file": Words("{file} is not there, or is not a plain file", "{file} 不存在，或不是普通文件"),
    "formats.no_package": Words("{file} is not an Anki package: {why}", "{file} 不是 Anki 包：{why}"),
    "formats.damaged_index": Words("its directory is damaged", "它的目录已损坏"),
    "formats.odd_name": Words(
        "{file} holds a file named {name}, which no package of Anki does; nothing was read",
        "{file} 中有名为 {name} 的文件，Anki 的包里不会有；没有读取任何内容",
    ),
    "formats.no_collection": Words(
        "{file} holds no collection; export it from Anki again, as .apkg or .colpkg",
        "{file} 中没有集合；请从 Anki 重新导出为 .apkg 或 .colpkg",
    ),
    "formats.odd_packing": Words(
        "the collection in {file} is packed in a way that Anki does not use; nothing was read",
        "{file} 中的集合用了 Anki 不用的压缩方式；没有读取任何内容",
    ),
    "formats.no_progress_there": Words(
        "{file} has no place for a history: --history is for an .apkg", "{file} 放不下学习记录：--history 只用于 .apkg"
    ),
    # What was not carried over
    "formats.lost_such": Words("{what} ({begins})", "{what}（{begins}）"),
    "formats.lost.unread_files": Words("files that cannot be read", "无法读取的文件"),
    "formats.lost.no_question": Words("cards without a question in text", "问题不含文字的卡片"),
    "formats.lost.image_gap": Words("cards that hide a part of an image", "遮挡图片的卡片"),
    "formats.lost.nested_gap": Words("cards with a gap in a gap", "挖空中又有挖空的卡片"),
    "formats.lost.no_gap": Words("cards without a gap", "没有挖空的卡片"),
    "formats.lost.no_answer": Words("cards without an answer in text", "答案不含文字的卡片"),
    "formats.lost.only_image": Words("cards that ask or answer with nothing but an image", "问题或答案只有图片的卡片"),
    "formats.lost.long_card": Words("cards longer than {most:,} characters", "超过 {most:,} 个字符的卡片"),
    "formats.lost.amiss": Words("cards with something that no deck takes", "含有题库不接受的内容的卡片"),
    "formats.lost.card_twice": Words("cards that are there twice", "重复的卡片"),
    "formats.lost.note_twice": Words("notes that are there twice", "重复的笔记"),
    "formats.lost.template_words": Words(
        "card templates with words of their own, around the fields", "字段之外另有文字的卡片模板"
    ),
    "formats.lost.decks": Words(
        "decks, which became one (each card is tagged with its own)", "牌组（已合成一个题库，每张卡片以原牌组为标签）"
    ),
    "formats.lost.media_unnamed": Words("media files that no card names", "没有卡片引用的媒体文件"),
    "formats.lost.media_kind": Words(
        "files of a kind that is not taken: no picture or sound, or one that can hold a program, as SVG can",
        "不接受的文件类型：不是图片或音频，或像 SVG 那样可能含有程序",
    ),
    "formats.lost.media_false": Words("files that are not what their names say", "内容与文件名不符的文件"),
    "formats.lost.media_large": Words("pictures and sounds of more than {mb} MB", "超过 {mb} MB 的图片和音频"),
    "formats.lost.media_many": Words(
        "pictures and sounds beyond {mb} MB or {most:,} files in all", "总量超出 {mb} MB 或 {most:,} 个文件的图片和音频"
    ),
    "formats.lost.media_unread": Words("pictures and sounds that cannot be read", "无法读取的图片和音频"),
    "formats.media_link": Words(
        "{folder} is a link: pictures and sounds are not written through it; remove it",
        "{folder} 是链接：不会通过它写入图片和音频；请先删除它",
    ),
    "formats.lost.unknown_reviews": Words(
        "cards learned in Anki whose reviews are not in the file: they start as new here",
        "在 Anki 中学过、但文件里没有复习记录的卡片（在这里按新卡开始）",
    ),
    "formats.lost.other_reviews": Words("reviews of cards that are not in the deck", "不在题库中的卡片的复习记录"),
    "formats.lost.odd_rows": Words("rows of the history that are no reviews", "历史中不是复习记录的行"),
    "formats.lost.due_by_hand": Words("due days set by hand", "手动设定的到期日"),
    "formats.lost.due_by_anki": Words("changes that Anki made to due days", "Anki 对到期日的改动"),
    "formats.lost.filtered": Words("reviews in filtered decks that did not count", "筛选牌组中不计入的复习记录"),
    "formats.lost.presets": Words(
        "other presets of its decks: only the one of most cards is offered", "其他牌组预设（只提供卡片最多的那个）"
    ),
    "formats.lost.presets_below": Words(
        "presets of Anki's decks: import such a package alone to take one over",
        "Anki 的牌组预设（单独导入该文件即可采用）",
    ),
    "formats.lost.long_field": Words("fields of more than {most:,} characters", "超过 {most:,} 个字符的字段"),
    "formats.lost.sounds": Words("sounds", "音频"),
    "formats.lost.bad_html": Words(
        "fields whose HTML is broken or nested too deep (their text stays)", "HTML 有误或嵌套过深的字段（文字保留）"
    ),
    "formats.lost.obsidian_dates": Words("dates of Obsidian's reviews", "Obsidian 的复习日期"),
    "formats.lost.unanswered": Words("questions (Q:) without an answer", "没有答案的问题（Q:）"),
    "formats.lost.open_fence": Words(
        "code that is never closed: it was ended with its card", "没有结束的代码块（在卡片结尾处结束）"
    ),
    "formats.lost.other_lines": Words("lines outside of cards", "卡片之外的行"),
    "formats.lost.images": Words("images (their descriptions stay)", "图片（描述保留）"),
    "formats.media_there": Words(
        "{folder} is there already, and stays as it is. Name another file, or remove it.",
        "{folder} 已存在，保持原样。请换一个文件名，或先删除它。",
    ),
    # What an export has no place for
    "formats.dropped.media": Words("pictures and sounds: only their names are there", "图片和音频（只有文件名）"),
    "formats.dropped.media_large": Words(
        "large pictures and sounds: only their names are there", "较大的图片和音频（只有文件名）"
    ),
    "formats.dropped.media_missing": Words(
        "pictures and sounds without a file beside the deck", "题库旁没有对应文件的图片和音频"
    ),
    "formats.dropped.judged": Words(
        "cards that were judged (choice, number, order) and are only read there",
        "自动判分的卡片（选择、数值、排序；导出后只能阅读）",
    ),
    "formats.dropped.code": Words(
        "cards that ask for code: it stands there as text, without cases, hints and steps",
        "要写代码的卡片：代码以文字导出，不含用例、提示和步骤",
    ),
    "formats.dropped.points": Words(
        "cards whose points are a list there, not ticked", "带要点的卡片（要点只是列表，不能勾选）"
    ),
    "formats.dropped.given": Words(
        "reviews of which only grade and time are there, not what was ticked, typed or run",
        "只带评分和用时的复习记录（勾选、输入和运行过的内容不在其中）",
    ),
    "formats.dropped.demos": Words("experiments", "实验"),
    "formats.dropped.varied": Words(
        "cards with fresh numbers, each with its first numbers there", "每次换数字的卡片（只导出第一组数字）"
    ),
    "formats.dropped.seconds": Words("cards with a time to answer", "带作答时间的卡片"),
    "formats.dropped.links": Words("cards with prerequisites or follow-ups", "带前置知识或追问的卡片"),
    "formats.dropped.language": Words("cards of which only one language is there", "只导出了一种语言的卡片"),
    "formats.page.answer": Words("Answer", "答案"),
    "formats.dropped.was": Words("cards with earlier ids", "带旧 id 的卡片"),
    "formats.dropped.start": Words("cards of the first session", "列入首次学习的卡片"),
    "formats.dropped.scripts": Words(
        "cards whose experiment or exercise is a file of its own: they name it",
        "实验或练习另有文件的卡片（卡片里写有名字）",
    ),
    "formats.lost.wide_rows": Words("rows of more than {most} columns", "超过 {most} 列的行"),
}
