"""What cannot be read of a file, or not be changed in it: the file as text, YAML's syntax, edits. Ids ending in `.do`
say what to do."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # The file
    "yaml.large": Words("the file is larger than {mb} MB", "文件超过 {mb} MB"),
    "yaml.split_deck": Words("split it into several decks", "请拆成几个题库"),
    "yaml.unreadable": Words("cannot be read: {why}", "无法读取：{why}"),
    "yaml.unreadable.do": Words("check that it exists and may be read", "请检查文件是否存在、是否有读取权限"),
    "yaml.folder": Words("this is a folder, not a deck", "这是文件夹，不是题库"),
    "yaml.no_plain_file": Words(
        "this is not a plain file (a device, a pipe or a socket); it was not read",
        "这不是普通文件（而是设备、管道或套接字），没有读取",
    ),
    "yaml.utf16": Words("the file is in UTF-16", "文件是 UTF-16 编码"),
    "yaml.utf16.do": Words("save it as UTF-8", "请另存为 UTF-8"),
    "yaml.no_utf8": Words("byte 0x{byte:02x} is not UTF-8", "字节 0x{byte:02x} 不是合法的 UTF-8"),
    "yaml.no_utf8.do": Words("save the file as UTF-8", "请把文件存为 UTF-8"),
    "yaml.binary.do": Words("this looks like a binary file", "这看起来是二进制文件"),
    "yaml.many_values": Words("the file may have more than {most:,} values", "文件里的值可能超过 {most:,} 个"),
    "yaml.empty": Words("the file is empty", "文件是空的"),
    "yaml.empty.do": Words("a deck needs at least `cards:` with one card", "题库至少要有 `cards:` 和一张卡片"),
    # What a deck has no use for
    "yaml.second_document": Words("a second document starts here", "这里开始了第二个文档"),
    "yaml.second_document.do": Words("a deck is one document: remove the `---`", "一个题库只有一个文档：请去掉 `---`"),
    "yaml.merge": Words("`<<` is not supported in a deck", "题库不支持 `<<`"),
    "yaml.merge.do": Words("write the fields out", "请把字段逐个写出"),
    "yaml.twice": Words(
        "`{key}` is written twice: first on line {line}, again here", "`{key}` 写了两次：先在第 {line} 行，又在这里"
    ),
    "yaml.twice.do": Words("keep one of them", "请只保留一个"),
    "yaml.odd_key": Words("a key has to be plain text, not a list or a mapping", "键必须是普通文本，不能是列表或映射"),
    "yaml.odd_key.do": Words("put the text in quotes if it starts with [ or {{", "如果文本以 [ 或 {{ 开头，请加引号"),
    "yaml.alias": Words("`*{name}` is an alias, which a deck cannot use", "`*{name}` 是别名，题库里不能使用"),
    "yaml.alias.do": Words(
        "write the text again, or quote it: '*{name}...'", "请把文本重写一遍，或加引号：'*{name}...'"
    ),
    "yaml.anchor": Words("`&{name}` is an anchor, which a deck cannot use", "`&{name}` 是锚点，题库里不能使用"),
    "yaml.anchor.do": Words(
        "remove it, or put the text in quotes: '&{name}...'", "请去掉它，或给文本加引号：'&{name}...'"
    ),
    "yaml.tag": Words("`{tag}` is a tag, which a deck cannot use", "`{tag}` 是 YAML 标签，题库里不能使用"),
    "yaml.tag.do": Words("remove it, or put text that starts with ! in quotes", "请去掉它，或给以 ! 开头的文本加引号"),
    "yaml.deep": Words(
        "lists and mappings are nested too deep here (more than 32 levels)", "这里的列表和映射嵌套过深（超过 32 层）"
    ),
    "yaml.control": Words("the text contains the control character U+{code:04X}", "文本中含有控制字符 U+{code:04X}"),
    "yaml.control.do": Words('remove it, or write it as "\\u...." in quotes', '请去掉它，或在引号中写作 "\\u...."'),
    "yaml.nul": Words("the text contains a NUL byte", "文本中含有 NUL 字节"),
    # The parser's complaints
    "yaml.invalid": Words("not valid YAML: {problem}", "不是合法的 YAML：{problem}"),
    "yaml.parser": Words("{problem}", "{problem}"),
    "yaml.in_quotes": Words("put the text in quotes", "请给文本加引号"),
    "yaml.quote": Words("put the whole text in quotes, or write it below `|`", "请给整段文本加引号，或写在 `|` 下面"),
    "yaml.colon_in_flow": Words(
        "`:` stands where plain text goes on between [ ] or {{ }}", "[ ] 或 {{ }} 之间的文本里出现了 `:`"
    ),
    "yaml.colon_in_flow.do": Words("put text with : in quotes", "含有 : 的文本请加引号"),
    "yaml.unknown_escape": Words(
        "a backslash in double quotes starts an escape that YAML does not know",
        "双引号中的反斜杠后面，不是 YAML 认识的转义",
    ),
    "yaml.odd_escape": Words(
        "an escape in double quotes names a character that does not exist", "双引号中的转义指向一个不存在的字符"
    ),
    "yaml.short_escape": Words("an escape in double quotes is not complete", "双引号中的转义不完整"),
    "yaml.escape.do": Words(
        "use single quotes, or `|` and a new line, for text with backslashes",
        "含有反斜杠的文本请用单引号，或用 `|` 另起一行",
    ),
    "yaml.open_quote": Words("a quote is opened and never closed", "引号没有闭合"),
    "yaml.open_quote.do": Words("close the quote", "请闭合引号"),
    "yaml.no_colon": Words("this line has no `: ` after its key", "这一行的键后面没有 `: `"),
    "yaml.no_colon.do": Words(
        "indent a continued text deeper than its key, or put it in quotes", "续行的文本要比键缩进更深，或加引号"
    ),
    "yaml.gap": Words("something is missing here", "这里缺了内容"),
    "yaml.gap.do": Words("put text with [ ] {{ }} , in quotes", "含有 [ ] {{ }} , 的文本请加引号"),
    "yaml.no_dash": Words("a `- ` cannot start here", "这里不能以 `- ` 开始"),
    "yaml.no_dash.do": Words("start the list on a line of its own", "列表请另起一行"),
    "yaml.no_key": Words("a key cannot start here", "键不能从这里开始"),
    "yaml.no_key.do": Words("start it on a line of its own", "请另起一行"),
    "yaml.tab": Words("a tab cannot indent YAML", "YAML 不能用制表符缩进"),
    "yaml.tab.do": Words("indent with spaces", "请用空格缩进"),
    "yaml.block_text": Words("only a new line may follow `|` or `>`", "`|` 或 `>` 后面只能换行"),
    "yaml.block_text.do": Words("start the text on the next line, indented", "文本请从下一行开始，并缩进"),
    "yaml.block_text_or_quotes.do": Words(
        "start the text on the next line, indented; or put the text in quotes", "文本请从下一行开始并缩进，或加引号"
    ),
    "yaml.after_end": Words("the document has ended, and more follows", "文档已经结束，后面还有内容"),
    "yaml.after_end.do": Words("indent it like the lines above", "请与上面的行缩进一致"),
    "yaml.plain_start": Words("plain text cannot start with {sign}", "不加引号的文本不能以 {sign} 开头"),
    "yaml.plain_start_anchor": Words("plain text cannot start with & or *", "不加引号的文本不能以 & 或 * 开头"),
    "yaml.directive": Words("a line that starts with % is a directive of YAML", "以 % 开头的行是 YAML 的指令"),
    "yaml.unclosed": Words(
        "the `[` or `{{` on line {line} is not closed, or two things in it are not parted by a comma",
        "第 {line} 行的 `[` 或 `{{` 没有闭合，或其中两项之间缺少逗号",
    ),
    "yaml.unclosed.do": Words(
        "put text that contains , [ ] {{ }} or starts with a quote in quotes",
        "含有 , [ ] {{ }} 或以引号开头的文本请加引号",
    ),
    "yaml.misplaced": Words("this is not indented like what it belongs to", "缩进与所属的内容不一致"),
    "yaml.misplaced.do": Words("indent it like its neighbours", "请与相邻的行缩进一致"),
    "yaml.colon_in_text": Words("`: ` inside plain text starts a new field", "不加引号的文本中，`: ` 会开始一个新字段"),
    "yaml.deeper": Words(
        "this is indented deeper than the field above, so that it continues its text",
        "这一行比上面的字段缩进更深，于是成了它的文本的一部分",
    ),
    "yaml.deeper.do": Words(
        "indent it like that field, or put the text in quotes", "请与那个字段缩进一致，或给文本加引号"
    ),
    "yaml.no_space_above": Words("`{key}` in the line above has no space behind it", "上一行的 `{key}` 后面没有空格"),
    "yaml.no_colon_above": Words("`{key}` in the line above has no `: ` behind it", "上一行的 `{key}` 后面没有 `: `"),
    "yaml.above.do": Words("write `{key}: ` and then the text", "请写 `{key}: `，后面再写文本"),
    "yaml.behind_bracket": Words(
        "text that starts with [ or {{ is a list or a mapping to YAML, and more follows it here",
        "以 [ 或 {{ 开头的文本在 YAML 中是列表或映射，而这里后面还有内容",
    ),
    "yaml.behind_quote": Words("more text follows behind a closed quote", "闭合的引号后面还有文本"),
    "yaml.behind_quote.do": Words(
        "put text that contains quotes in the other kind of quotes, or close a quote that is open further up",
        "含有引号的文本请用另一种引号括起来，或闭合前面没有闭合的引号",
    ),
    # Changes
    "yaml.by_hand": Words(
        "ids cannot be put into this file without changing more of it", "无法只写入 id 而不改动文件的其他部分"
    ),
    "yaml.by_hand.do": Words("write them by hand", "请手动写入"),
    "yaml.would_be_large": Words("the file would become larger than a deck may be", "文件会超过题库允许的大小"),
    "yaml.deck_would_be_large": Words("the deck would be larger than {mb} MB", "题库会超过 {mb} MB"),
    "yaml.deck_would_be_large.do": Words("import a part of it", "请只导入一部分"),
    "yaml.no_update": Words(
        "the file cannot be brought up to date without changing more of it", "无法只更新这些卡片而不改动文件的其他部分"
    ),
    "yaml.new_file.do": Words("import into a new file", "请导入到新文件"),
    "yaml.no_addition": Words(
        "no card can be added to this file without changing more of it", "无法只添加卡片而不改动文件的其他部分"
    ),
    "yaml.no_addition.do": Words("write it in your editor", "请在编辑器中写入"),
    "yaml.no_list": Words("the file has no list of cards to add to", "文件里没有可以添加的卡片列表"),
    "yaml.fixed_line": Words(
        "this line cannot be changed without changing more of the file", "无法只改这一行而不改动文件的其他部分"
    ),
    "yaml.other_line": Words("this line holds something else", "这一行写的是别的内容"),
    "yaml.link_out": Words("it is a link out of its folder, to {path}", "它是指向文件夹之外的链接：{path}"),
    "yaml.link_out.do": Words("if that file is yours, name it itself", "如果那个文件是你的，请直接指定它"),
    "yaml.folder_link": Words("its folder is a link, to {path}", "它所在的文件夹是一个链接：{path}"),
    "yaml.folder_link.do": Words("if that folder is yours, name it itself", "如果那个文件夹是你的，请直接指定它"),
    "yaml.changed": Words("the file was changed by another program meanwhile", "文件同时被另一个程序改动了"),
    "yaml.changed.do": Words("try again", "请重试"),
}
