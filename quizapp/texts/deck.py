"""What is amiss with a deck and its cards: errors of what is written. Ids ending in `.do` say what to do."""

from quizapp.texts import Plural, Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # What is written there and what it is called, to be set into a sentence
    "deck.written": Words("`{text}`", " `{text}`"),
    "deck.nothing": Words("nothing", "空值"),
    "deck.text": Words("text", "文本"),
    "deck.a_list": Words("a list", "列表"),
    "deck.a_mapping": Words("a mapping", "映射"),
    "deck.a_card": Words("a {type} card", "{type} 卡片"),
    "deck.an_order_card": Words("an order card", "order 卡片"),
    "deck.this_field": Words("`{field}`", "`{field}` "),
    "deck.with_hint": Words("{message} ({hint})", "{message}（{hint}）"),
    # What is needed instead
    "deck.needs_text": Words("a text is needed, not {what}", "这里需要文本，而不是{what}"),
    "deck.needs_word": Words("a word is needed, not {what}", "这里需要一个词，而不是{what}"),
    "deck.needs_whole_number": Words("a whole number is needed, not {what}", "这里需要整数，而不是{what}"),
    "deck.needs_number": Words("a number is needed, not {what}", "这里需要数字，而不是{what}"),
    "deck.needs_number.do": Words("write it in digits, such as 12 or 0.5", "请写成数字，例如 12 或 0.5"),
    "deck.needs_truth": Words("true or false is needed, not {what}", "这里需要 true 或 false，而不是{what}"),
    "deck.needs_truth.do": Words("write `true` or `false`", "请写 `true` 或 `false`"),
    "deck.needs_mapping": Words("a mapping is needed, not {what}", "这里需要映射，而不是{what}"),
    "deck.needs_mapping.do": Words("write {{name: value}}", "请写 {{名称: 值}}"),
    "deck.needs_fields.do": Words("write {{{fields}}}", "请写 {{{fields}}}"),
    "deck.needs_range": Words("a range is needed, not {what}", "这里需要范围，而不是{what}"),
    "deck.needs_range.do": Words("write [low, high]", "请写 [下限, 上限]"),
    "deck.needs_list": Words("a list is needed, not {what}", "这里需要列表，而不是{what}"),
    "deck.needs_list.do": Words("write each on a line of its own, after `- `", "请每项一行，写在 `- ` 后面"),
    "deck.needs_list_of_it.do": Words("write [{text}]", "请写 [{text}]"),
    "deck.needs_cards": Words("a list of cards is needed, not {what}", "这里需要卡片列表，而不是{what}"),
    "deck.not_one_of_them": Words("{what} is not one of them", "可选值中没有{what}"),
    "deck.out_of_limits": Words(
        "{what} is not from {low} to {high}", "这里需要 {low} 到 {high} 之间的数，而不是{what}"
    ),
    "deck.did_you_mean": Words("did you mean `{name}`?", "是不是 `{name}`？"),
    "deck.it_can_be": Words("it can be {names}", "可以是 {names}"),
    "deck.write_or_remove": Words("write it, or remove it", "请写上内容，或去掉这一项"),
    "deck.write_or_remove_line": Words("write it, or remove the line", "请写上内容，或去掉这一行"),
    "deck.quote_comma": Words("put text with a comma in quotes", "含有逗号的文本请加引号"),
    "deck.quote_bracket": Words('put text that starts with [ in quotes: "[...]"', '以 [ 开头的文本请加引号："[...]"'),
    "deck.below_bar": Words("write it below `|`", "请写在 `|` 下面"),
    # Fields and texts
    "deck.no_such_field": Words("{called} has no field `{name}`", "{called}没有字段 `{name}`"),
    "deck.of_another_type": Words("it belongs to `type: {type}`", "它属于 `type: {type}`"),
    "deck.missing": Words("`{name}` is missing", "缺少 `{name}`"),
    "deck.missing.do": Words("{called} needs it", "{called}需要它"),
    "deck.no_text": Words("the text is missing", "缺少文本"),
    "deck.no_text.do": Words(
        "write `en:` and `zh:`, or `text:` for both", "请写 `en:` 和 `zh:`，或写两种语言共用的 `text:`"
    ),
    "deck.text_and_language": Words("both `text` and a language are written", "`text` 和某种语言同时写了"),
    "deck.text_and_language.do": Words(
        "`text:` is for a text that is the same in both languages", "`text:` 用于两种语言相同的文本"
    ),
    "deck.no_language": Words("`{name}` is not a language: `en` or `zh`", "`{name}` 不是语言：只有 `en` 和 `zh`"),
    "deck.no_language.do": Words(
        "a text is one string or {{en: ..., zh: ...}}; quote text that contains `: ` or starts with {{",
        "文本是一个字符串，或 {{en: ..., zh: ...}}；含有 `: ` 或以 {{ 开头的文本请加引号",
    ),
    "deck.empty_text": Words("the text is empty", "文本是空的"),
    "deck.no_script_name": Words("{what} cannot be a script's name", "脚本的名称不能是{what}"),
    "deck.no_script_name.do": Words(
        "the file's name without .py: lower-case letters, digits and _; never a path",
        "写不带 .py 的文件名：小写字母、数字和 _；不能是路径",
    ),
    # The deck around its cards
    "deck.no_deck": Words("the file is {what}, not a deck", "这个文件是{what}，不是题库"),
    "deck.no_deck.do": Words("start it with `cards:`", "请以 `cards:` 开头"),
    "deck.no_such_deck_field": Words("a deck has no field `{name}`", "题库没有字段 `{name}`"),
    "deck.field_of_cards": Words(
        "it belongs to a card: below `cards:`, behind `- `", "它属于卡片：写在 `cards:` 下面的 `- ` 后面"
    ),
    "deck.newer_format": Words(
        "the deck is written in format {format}; this quizapp reads up to {newest}",
        "题库的格式是 {format}；这个版本的 quizapp 最高支持 {newest}",
    ),
    "deck.newer_format.do": Words("update quizapp", "请更新 quizapp"),
    "deck.no_format": Words("{what} is not a format", "格式版本不能是{what}"),
    "deck.no_format.do": Words("write `format: {newest}`", "请写 `format: {newest}`"),
    "deck.no_name": Words("{what} cannot be the name of a deck", "题库的名称不能是{what}"),
    "deck.no_name.do": Words(
        "a name without / \\ and :, such as `my-deck`; its full title goes into `title:`",
        "名称不能含有 /、\\ 和 :，例如 `my-deck`；完整标题写在 `title:` 里",
    ),
    "deck.dead_start.do": Words("write the id of a good card of this deck", "请写这个题库里一张有效卡片的 id"),
    "deck.no_cards": Words("the deck has no `cards`", "题库没有 `cards`"),
    "deck.no_cards.do": Words(
        "write `cards:`, and below it `  - q: ...` with `    a: ...`",
        "请写 `cards:`，下面写 `  - q: ...` 和 `    a: ...`",
    ),
    "deck.no_card": Words("the deck has no card", "题库里没有卡片"),
    # A card as a whole
    "deck.odd_card": Words("a card cannot be {what}", "卡片不能是{what}"),
    "deck.odd_card.do": Words(
        "a card is a mapping: `- q: ...` with `a: ...` below it", "卡片是一个映射：`- q: ...`，下面是 `a: ...`"
    ),
    "deck.no_type": Words("{what} is not a type of card", "卡片类型不能是{what}"),
    "deck.no_id": Words("{what} cannot be an id", "id 不能是{what}"),
    "deck.no_id.do": Words("use lower-case letters, digits and hyphens", "请用小写字母、数字和连字符"),
    "deck.no_id_such.do": Words(
        "use lower-case letters, digits and hyphens: `{id}`", "请用小写字母、数字和连字符：`{id}`"
    ),
    "deck.empty_id": Words("the id is empty", "id 是空的"),
    "deck.same_id": Words("the card on line {line} has the id `{id}` already", "第 {line} 行的卡片已经用了 id `{id}`"),
    "deck.same_id.do": Words("change it", "请换一个"),
    "deck.same_question": Words("the card on line {line} asks the same", "第 {line} 行的卡片问的是同一个问题"),
    "deck.same_question.do": Words("give one of them an `id`, or remove it", "请给其中一张写上 `id`，或去掉一张"),
    "deck.long_card": Words(
        "the card has more than {most:,} characters: no screen shows that much",
        "卡片超过 {most:,} 个字符：屏幕显示不了这么多",
    ),
    "deck.long_card.do": Words("split it into several cards", "请拆成几张卡片"),
    "deck.card_unreadable": Words("the card cannot be read", "无法读取这张卡片"),
    "deck.many_earlier_ids": Words("more than {most} earlier ids", "以前的 id 超过 {most} 个"),
    "deck.many_earlier_ids.do": Words("keep those that had a history", "请只保留有学习记录的"),
    "deck.more_faults": Plural("{n} more card has faults", "{n} more cards have faults", "还有 {n} 张卡片有误"),
    "deck.more_faults.do": Words("mend those above first", "请先改正上面的"),
    # What must hold of a card
    "deck.empty_question": Words("the question is empty", "问题是空的"),
    "deck.empty_question.do": Words("write the question", "请写上问题"),
    "deck.empty_point": Words("the point is empty", "要点是空的"),
    "deck.too_many": Words("{n} of them; at most {most} can be shown", "有 {n} 项；最多能显示 {most} 项"),
    "deck.split_card": Words("split the card", "请拆分这张卡片"),
    "deck.no_answer": Words(
        "nothing to reveal: the card has neither an answer `a` nor `points`",
        "没有可以揭晓的内容：卡片既没有答案 `a`，也没有 `points`",
    ),
    "deck.no_answer.do": Words("write `a:`", "请写 `a:`"),
    "deck.choice_count": Words("{n} choices; from 2 to {most} can be shown", "有 {n} 个选项；能显示 2 到 {most} 个"),
    "deck.most_choices": Words("{n} choices; at most {most} can be shown", "有 {n} 个选项；最多能显示 {most} 个"),
    "deck.none_right": Words("no choice is right", "没有正确的选项"),
    "deck.none_right.do": Words("mark the right one with `ok: true`", "请用 `ok: true` 标出正确的选项"),
    "deck.empty_choice": Words("the choice has no text", "选项没有文本"),
    "deck.empty_choice.do": Words("write `en:`, `zh:` or `text:`", "请写 `en:`、`zh:` 或 `text:`"),
    "deck.no_gap": Words("the text hides nothing", "文本没有隐藏任何内容"),
    "deck.no_gap.do": Words("write {{{{c1::what is hidden}}}}", "请写 {{{{c1::要隐藏的内容}}}}"),
    "deck.gap_missing": Words(
        "c{number} is hidden in `{other}` but not here", "c{number} 在 `{other}` 中隐藏了，这里却没有"
    ),
    "deck.gap_missing.do": Words("hide the same in both", "两种语言请隐藏相同的编号"),
    "deck.not_finite": Words("a number is not finite", "数字不是有限的"),
    "deck.not_finite.do": Words("write a plain number", "请写普通的数字"),
    "deck.answer_out_of_range": Words(
        "the answer {value:g} is not within [{low:g}, {high:g}]", "答案 {value:g} 不在 [{low:g}, {high:g}] 之内"
    ),
    "deck.answer_out_of_range.do": Words(
        "the range holds what counts as right, smaller number first", "范围内的数都算正确，小的在前"
    ),
    "deck.trap_is_right": Words(
        "the trap {value:g} counts as right: it is within the range", "错误值 {value:g} 会被判为正确：它在范围之内"
    ),
    "deck.trap_without_why": Words("the trap does not say why it is wrong", "这个错误值没有说明错在哪里"),
    "deck.few_items": Words("an order needs at least two items; this has {n}", "排序至少需要两项；这里有 {n} 项"),
    "deck.subgoal_count": Words(
        "{n} subgoals; write {least} to {most}, or none", "有 {n} 个子目标；请写 {least} 到 {most} 个，或不写"
    ),
    "deck.empty_item": Words("the item is empty", "这一项是空的"),
    "deck.empty_statement": Words("the wrong statement is empty", "错误的说法是空的"),
    "deck.empty_statement.do": Words("quote what the source says", "请引用原文"),
    "deck.repeated": Words("the same as an earlier one", "与前面的一项相同"),
    "deck.repeated.do": Words("change one of them", "请改动其中一个"),
    "deck.no_knob_name": Words("this cannot be the name of a knob", "这不能作为参数的名称"),
    "deck.no_knob_name.do": Words("a knob is a parameter of the demo's main", "可调的参数就是实验中 main 的参数"),
    "deck.no_measure_name": Words("this cannot be the name of a measure", "这不能作为指标的名称"),
    "deck.no_range": Words("not a range: two finite numbers, smaller first", "这不是范围：需要两个有限的数，小的在前"),
    "deck.empty_prediction": Words("the prediction asks nothing", "预测没有写问题"),
    "deck.second_core": Words("another point is the core already", "已有另一个要点是核心"),
    "deck.second_core.do": Words("mark one, or make two cards of it", "只标一个，或者拆成两张卡片"),
    "deck.one_choice": Words("one choice is no choice", "只有一个选项，无从选择"),
    "deck.one_choice.do": Words(
        "write two or more, or none: then a number is typed", "请写两个以上，或一个也不写：那样就输入数字"
    ),
    "deck.ranges_overlap": Words(
        "overlaps [{low:g}, {high:g}), so that two could hold", "与 [{low:g}, {high:g}) 重叠，可能有两个同时成立"
    ),
    "deck.ranges_overlap.do": Words("part the ranges", "请把范围分开"),
    # Files and folders of decks
    "deck.empty_folder": Words("the folder has no deck", "文件夹里没有题库"),
    "deck.empty_folder.do": Words("a deck is a file that ends in .yaml", "题库是以 .yaml 结尾的文件"),
    "deck.unreadable_folder": Words("the folder cannot be read: {why}", "无法读取文件夹：{why}"),
    "deck.unreadable_folder.do": Words("check that it may be read", "请检查读取权限"),
    "deck.unreadable_link": Words("cannot be followed: {why}", "无法跟随链接：{why}"),
    "deck.unreadable_link.do": Words(
        "remove the link, or check that what it leads to may be read", "请去掉链接，或检查它指向的内容是否有读取权限"
    ),
    "deck.no_room": Words(
        "there are more than {mb} MB or {most:,} cards before it, so it was left out",
        "在它之前已有超过 {mb} MB 或 {most:,} 张卡片，因此没有读取它",
    ),
    "deck.no_room.do": Words("name the decks to read, or remove some", "请指定要读取的题库，或去掉一些"),
    "deck.same_name": Words(
        "{file} is named `{name}` already, so this deck was left out",
        "{file} 已经叫 `{name}`，因此没有读取这个题库",
    ),
    "deck.same_name.do": Words("give one of them another name with `deck:`", "请用 `deck:` 给其中一个换个名称"),
    # Fresh numbers
    "deck.vary.no_names": Words("needs names with their values", "需要写名称和它们的取值"),
    "deck.vary.no_values": Words("needs a list of values", "需要一个取值列表"),
    "deck.vary.do": Words("write `vary: {{bits: [3, 4, 5]}}`", "请写 `vary: {{bits: [3, 4, 5]}}`"),
    "deck.vary.many": Words("has more than {most} combinations of values", "取值组合超过 {most} 个"),
    "deck.vary.many.do": Words("take fewer names or values", "请减少名称或取值"),
    "deck.vary.no_range": Words("has no range for `{values}`", "没有给出 `{values}` 的范围"),
    "deck.vary.no_range.do": Words(
        "write one for each value, `{{3: [0, 1], 4: [1, 2]}}`, or arithmetic: `[bits - 1, bits + 1]`",
        "请为每个取值写一个范围：`{{3: [0, 1], 4: [1, 2]}}`，或写算式：`[bits - 1, bits + 1]`",
    ),
    "deck.vary.gaps": Words("has other gaps with other values", "取值不同时，空格的数目也不同"),
    "deck.vary.gaps.do": Words("let no value write a gap", "取值里不要写空格"),
    "deck.vary.arithmetic.do": Words(
        "numbers, the names of `vary`, + - * / // % ** and functions such as `round(x, 2)` or `log2(x)`",
        "可以用数字、`vary` 的名称、+ - * / // % ** 以及 `round(x, 2)`、`log2(x)` 之类的函数",
    ),
    "deck.arithmetic.long": Words("is longer than {most} characters", "超过 {most} 个字符"),
    "deck.arithmetic.unread": Words("`{text}` is no arithmetic", "`{text}` 不是算式"),
    "deck.arithmetic.undefined": Words("`{text}` comes to no number", "`{text}` 算不出数"),
    "deck.arithmetic.no_name": Words(
        "there is no name `{name}` that stands for a number; there is {names}",
        "没有代表数字的名称 `{name}`；现有 {names}",
    ),
    "deck.arithmetic.other": Words(
        "holds something that is no arithmetic; functions are {functions}",
        "含有不属于算式的内容；可用的函数有 {functions}",
    ),
}
