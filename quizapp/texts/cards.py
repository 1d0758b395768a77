"""What a card's sides say beside its own words, the verdict on an answer, the form for a new card, notes on decks."""

from quizapp.texts import Text
from quizapp.words import Words

TEXTS: dict[str, Text] = {
    # The sides of a card
    "cards.find_error": Words("What is wrong here, and what is right?", "这句话错在哪里？正确的说法是什么？"),
    "cards.to_correct": Words("Correct this: {claim}", "改错：{claim}"),
    "cards.fill_gap": Words("Fill the gap.", "填空。"),
    "cards.several_gaps": Words(
        "{n} gaps, one line: write what stands in each, in order, with a comma between.",
        "共 {n} 个空，写在同一行：按顺序填写，用逗号隔开。",
    ),
    "cards.several_right": Words("Several are right.", "不止一项正确。"),
    "cards.put_in_order": Words("Put these in order.", "请排出正确的顺序。"),
    "cards.lay_in_order": Words(
        "Type the letters in the right order: each takes the next place. ↑↓ move the one you typed last.",
        "按正确的顺序依次输入字母，各行随之排好；↑↓ 移动刚输入的一行。",
    ),
    "cards.claimed_in": Words("Claimed in the book {book}", "出处：《{book}》"),
    "cards.claimed_in_at": Words("Claimed in the book {book}, {at}", "出处：《{book}》{at}"),
    "cards.claimed_at": Words("Claimed in {at}", "出处：{at}"),
    "cards.question": Words("question {n}", "第 {n} 题"),
    "cards.why": Words("Why", "为什么"),
    "cards.references": Words("References", "参考文献"),
    "cards.points": Words("Points", "要点"),
    "cards.right_choice": Words("right", "正确"),
    "cards.wrong_choice": Words("wrong", "错误"),
    "cards.says": Words("{what}: {it}", "{what}：{it}"),
    "cards.within": Words("{exact}  ({low} to {high} counts as right)", "{exact}（{low} 至 {high} 都算对）"),
    "cards.right_answer": Words("Right answer:", "正确答案："),
    "cards.mistakes": Words("Usual mistakes", "常见错误"),
    "cards.also_right": Words("also right: {others}", "也算对：{others}"),
    "cards.core": Words("core", "核心"),
    "cards.mentioned": Words("mentioned in your text", "回答里已提到"),
    # The verdict
    "cards.right": Words("Right.", "正确。"),
    "cards.unanswered": Words("Not answered, so not judged.", "没有作答，不判对错。"),
    "cards.left_out": Words("Left out, so missed.", "没有作答，算答错。"),
    "cards.wrong": Words("Wrong.", "错误。"),
    "cards.close": Words("Close: does it count?", "很接近，算对吗？"),
    "cards.counts": Words("it counts", "算对"),
    "cards.counts_not": Words("it does not", "不算"),
    "cards.none": Words("none of them", "一个都没说到"),
    "cards.no_number": Words("That is not one number.", "这不是一个数。"),
    "cards.other_unit": Words("That unit measures something else.", "单位不对：它表示的是另一种量。"),
    "cards.in_place": Words("{n} of {of} stand in their place.", "{of} 项中有 {n} 项位置正确。"),
    "cards.your_answer": Words("Your answer:", "你的回答："),
    # The form for a new card
    "cards.form.needed": Words("this is needed", "此栏必填"),
    "cards.form.answer": Words("write the answer, or points to tick", "请写下答案，或可勾选的要点"),
    "cards.form.choice_count": Words("write from 2 to 10 choices", "请写 2 到 10 个选项"),
    "cards.form.none_right": Words("put * before the right one", "请在正确的选项前加 *"),
    "cards.form.empty_line": Words("one of the lines has no text", "有一行没有文字"),
    "cards.form.repeated": Words("two of the lines are the same", "有两行相同"),
    "cards.form.no_gap": Words(
        "nothing is hidden: write {{{{c1::what is hidden}}}}", "没有隐藏任何内容：请写 {{{{c1::要隐藏的内容}}}}"
    ),
    "cards.form.gap_missing": Words("both languages have to hide the same numbers", "两种语言隐藏的编号必须相同"),
    "cards.form.number": Words("write a number in digits, such as 12 or 0.5", "请写成数字，例如 12 或 0.5"),
    "cards.form.out_of_range": Words("the number is not within this range", "答案不在这个范围内"),
    "cards.form.trap_is_right": Words(
        "one of these is within the range that counts as right", "其中一个数落在算作正确的范围内"
    ),
    "cards.form.trap_without_why": Words("say behind :: why each is wrong", "请在 :: 之后说明每个数为什么错"),
    "cards.form.few_items": Words("write at least two items", "请至少写两项"),
    "cards.form.asked_already": Words("the deck asks this already", "题库里已有这个问题"),
    "cards.form.with_hint": Words("{message}: {hint}", "{message}：{hint}"),
    "cards.form.deck_name": Words("write a name for the new deck", "请写下新题库的名称"),
    "cards.form.deck_exists": Words("there is a deck of this name already", "已有同名题库"),
    # Notes on the decks
    "cards.hides_bundled": Words("your {file} hides the bundled deck of that name", "你的 {file} 取代了自带的同名题库"),
    "cards.as_before": Words(
        "{file} cannot be read now: its cards are as they were before", "现在无法读取 {file}：其中的卡片保持原样"
    ),
}
