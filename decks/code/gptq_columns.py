"""GPTQ on one linear layer: column after column is rounded, and its error passed on to those that wait.

weight: (rows, columns). inputs: (samples, columns), what the layer got in
calibration. scales: (rows, 1), given; codes lie in -7..7. damp: a number.
H = inputs.T @ inputs, (columns, columns), with damp times the mean of its
diagonal added to the diagonal. Columns are done in order, for all rows at
once. Column j, as it stands, is divided by the scales, rounded, clamped. Its
error, what it stood at less code * scale, is made good by the columns after
j: they are changed so that the output's squared error under H is least, with
column j and all before it held. (In the paper's terms: error / [F]_jj times
row j of F is taken off them, where F is the inverse of H restricted to the
columns j and after.) Returns (codes, stood): int8 (rows, columns), and the
float weights as they stood when they were rounded, of the same shape.
"""

import torch

ZH = """一个线性层上的 GPTQ：逐列舍入，误差交给还没处理的列。

weight：(rows, columns)。inputs：(samples, columns)，校准时这一层收到的输入。
scales：(rows, 1)，已给定；编码在 -7..7 之内。damp：一个数。H = inputs.T @
inputs，形状 (columns, columns)，对角线再加上 damp 乘以对角线的平均值。按顺序
逐列处理，所有行同时进行。第 j 列以它当时的值除以 scales，舍入并截断。它的误
差，即当时的值减去编码 * scale，由 j 之后的列来补偿：在第 j 列及之前各列都固定
的条件下，调整后面的列，使 H 下的输出平方误差最小。（按论文：从后面各列减去
error / [F]_jj 乘以 F 的第 j 行，F 是 H 限制在第 j 列及以后的逆。）返回
(codes, stood)：int8 (rows, columns)，以及各列被舍入时的浮点权重，形状相同。
"""


def gptq_columns(weight, inputs, scales, damp):
    H = inputs.T @ inputs  # (columns, columns)
    H += damp * H.diagonal().mean() * torch.eye(len(H), dtype=H.dtype)
    U = torch.linalg.cholesky(torch.linalg.inv(H), upper=True)  # row j: what remains of the inverse after j columns
    stood = weight.clone()
    codes = torch.zeros_like(weight, dtype=torch.int8)
    for j in range(len(H)):
        code = (stood[:, j] / scales[:, 0]).round().clamp(-7, 7)  # (rows,)
        error = stood[:, j] - code * scales[:, 0]
        stood[:, j + 1 :] -= (error / U[j, j])[:, None] * U[j, j + 1 :]
        codes[:, j] = code.to(torch.int8)
    return codes, stood


def cases(rand, randn, randint):
    def drawn(rows, columns, samples, shared, damp, width=7.0):
        double = torch.float64
        inputs = randn(samples, columns, dtype=double) + shared * randn(samples, 1, dtype=double)
        weight = randn(rows, columns, dtype=double)
        return dict(weight=weight, inputs=inputs, scales=weight.abs().amax(dim=1, keepdim=True) / width, damp=damp)

    yield "alike_inputs", drawn(3, 5, 20, 2.0, 0.01)
    yield "two_columns", drawn(5, 2, 7, 1.0, 0.05, 3.0)
    yield "fewer_samples", drawn(2, 7, 3, 0.5, 0.1)
    dead = drawn(3, 5, 11, 1.5, 0.03)
    dead["inputs"][:, 2] = 0.0
    yield "dead_input", dead
    yield "clamped", drawn(2, 7, 30, 3.0, 0.01, 15.0)


def also_shrinking_inverse(weight, inputs, scales, damp):
    H = torch.einsum("si,sj->ij", inputs, inputs)
    H = H + torch.diag(torch.full_like(H[0], damp * H.trace().item() / len(H)))
    F, rest, codes, stood = torch.linalg.inv(H), weight.clone(), [], []
    for _ in range(len(H)):
        stood.append(rest[:, :1])
        codes.append(torch.clamp(torch.round(rest[:, :1] / scales), -7, 7))
        error = rest[:, :1] - codes[-1] * scales
        rest = rest[:, 1:] - error @ F[:1, 1:] / F[0, 0]
        F = F[1:, 1:] - F[1:, :1] @ F[:1, 1:] / F[0, 0]  # the inverse without the column that is done
    return torch.cat(codes, dim=1).to(torch.int8), torch.cat(stood, dim=1)


def also_least_squares(weight, inputs, scales, damp):
    H = inputs.T.matmul(inputs)
    H.diagonal().add_(damp * H.diagonal().mean())
    stood, codes = weight.clone(), torch.empty(weight.shape, dtype=torch.int8)
    for j in range(H.shape[0]):
        codes[:, j : j + 1] = (stood[:, j : j + 1] / scales).round().clamp(-7, 7)
        error = stood[:, j : j + 1] - codes[:, j : j + 1] * scales
        if j + 1 < H.shape[0]:  # the free columns that make the output's change least
            stood[:, j + 1 :] += torch.linalg.solve(H[j + 1 :, j + 1 :], H[j + 1 :, j : j + 1] @ error.T).T
    return codes, stood


def also_inverse_each_time(weight, inputs, scales, damp):
    stood, n = weight.clone(), weight.shape[1]
    H = inputs.T @ inputs
    H = H + damp * torch.diag(H).mean() * torch.eye(n, dtype=H.dtype)
    codes = torch.zeros(weight.shape, dtype=torch.int8)
    for j in range(n):
        F = torch.linalg.inv(H[j:, j:])
        code = torch.clamp(torch.round(stood[:, j] / scales.squeeze(1)), -7, 7)
        codes[:, j] = code.to(torch.int8)
        error = stood[:, j] - code * scales.squeeze(1)
        stood[:, j + 1 :] -= torch.outer(error / F[0, 0], F[0, 1:])
    return codes, stood


def trap_nearest(weight, inputs, scales, damp):
    return (weight / scales).round().clamp(-7, 7).to(torch.int8), weight.clone()


def trap_inverse_stays_whole(weight, inputs, scales, damp):
    H = inputs.T @ inputs
    H += damp * H.diagonal().mean() * torch.eye(len(H), dtype=H.dtype)
    F = torch.linalg.inv(H)
    stood = weight.clone()
    codes = torch.zeros_like(weight, dtype=torch.int8)
    for j in range(len(H)):
        code = (stood[:, j] / scales[:, 0]).round().clamp(-7, 7)
        error = stood[:, j] - code * scales[:, 0]
        stood[:, j + 1 :] -= (error / F[j, j])[:, None] * F[j, j + 1 :]
        codes[:, j] = code.to(torch.int8)
    return codes, stood


def trap_error_added(weight, inputs, scales, damp):
    H = inputs.T @ inputs
    H += damp * H.diagonal().mean() * torch.eye(len(H), dtype=H.dtype)
    U = torch.linalg.cholesky(torch.linalg.inv(H), upper=True)
    stood = weight.clone()
    codes = torch.zeros_like(weight, dtype=torch.int8)
    for j in range(len(H)):
        code = (stood[:, j] / scales[:, 0]).round().clamp(-7, 7)
        error = stood[:, j] - code * scales[:, 0]
        stood[:, j + 1 :] += (error / U[j, j])[:, None] * U[j, j + 1 :]
        codes[:, j] = code.to(torch.int8)
    return codes, stood


def trap_factor_of_h(weight, inputs, scales, damp):
    H = inputs.T @ inputs
    H += damp * H.diagonal().mean() * torch.eye(len(H), dtype=H.dtype)
    U = torch.linalg.cholesky(H).T
    stood = weight.clone()
    codes = torch.zeros_like(weight, dtype=torch.int8)
    for j in range(len(H)):
        code = (stood[:, j] / scales[:, 0]).round().clamp(-7, 7)
        error = stood[:, j] - code * scales[:, 0]
        stood[:, j + 1 :] -= (error / U[j, j])[:, None] * U[j, j + 1 :]
        codes[:, j] = code.to(torch.int8)
    return codes, stood


def trap_not_damped(weight, inputs, scales, damp):
    U = torch.linalg.cholesky(torch.linalg.pinv(inputs.T @ inputs), upper=True)
    stood = weight.clone()
    codes = torch.zeros_like(weight, dtype=torch.int8)
    for j in range(weight.shape[1]):
        code = (stood[:, j] / scales[:, 0]).round().clamp(-7, 7)
        error = stood[:, j] - code * scales[:, 0]
        stood[:, j + 1 :] -= (error / U[j, j])[:, None] * U[j, j + 1 :]
        codes[:, j] = code.to(torch.int8)
    return codes, stood


def trap_old_weights_rounded(weight, inputs, scales, damp):
    H = inputs.T @ inputs
    H += damp * H.diagonal().mean() * torch.eye(len(H), dtype=H.dtype)
    U = torch.linalg.cholesky(torch.linalg.inv(H), upper=True)
    codes = (weight / scales).round().clamp(-7, 7)
    stood = weight.clone()
    for j in range(len(H)):
        error = weight[:, j] - codes[:, j] * scales[:, 0]
        stood[:, j + 1 :] -= (error / U[j, j])[:, None] * U[j, j + 1 :]
    return codes.to(torch.int8), stood
