"""The Chinese of what the lab still says in English alone. It goes when its sentences have ids."""

# ruff: noqa: E501

UNTOLD = {
    "It can compute within its limits, read Python and its own folder, and write to a scratch folder that is emptied after it. It can see whether a file exists, and which connections this machine has. It cannot read or change your other files, reach the network or talk to other programs.": "它可以在限制内计算，读取 Python 和它自己的文件夹，并写入一个运行后清空的临时文件夹；它能知道某个文件是否存在，以及这台机器有哪些网络连接。它不能读取或修改你的其他文件，不能联网，也不能与其他程序通信。",
    "It can compute within its limits, read Python and its own folder, and write to a scratch folder that is emptied after it. It can also reach other programs and parts of the network: this system cannot bar that. It cannot read or change your other files.": "它可以在限制内计算，读取 Python 和它自己的文件夹，并写入一个运行后清空的临时文件夹；它还能接触其他程序和部分网络，这个系统无法阻止。它不能读取或修改你的其他文件。",
    "It can read, change and delete your files and use the network, as any program that you start: this system limits only its time, its memory and the size of its files.": "它能像你启动的任何程序一样读取、修改和删除你的文件并联网：这个系统只限制它的时间、内存和文件大小。",
    "It can read, change and delete your files and use the network, as any program that you start: this system limits only its time.": "它能像你启动的任何程序一样读取、修改和删除你的文件并联网：这个系统只限制它的时间。",
    "It holds characters that do not show or that reorder text; here they stand as escapes, such as \\u202e.": "它含有不可见或会改变文字顺序的字符；这里以转义形式显示，例如 \\u202e。",
    "The files that it reads are not covered by your yes, and data can hold code, too": "它读取的文件不在你的许可之内，数据里也可能藏有代码",
    "This demo needs PyTorch, which is not installed: {command}": "这个实验需要 PyTorch，但没有安装：{command}",
}
