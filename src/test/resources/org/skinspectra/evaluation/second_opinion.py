"""Scores of predictions, computed apart from Skin Spectra: numpy in float32, h5py, PIL.

usage: second_opinion.py DATASET SPLIT PREDICTIONS
PREDICTIONS holds NAME.f32 for each image, float32 little-endian in (band, y, x).
Prints a JSON object by image.
"""
import glob
import json
import os
import sys

import h5py
import numpy as np
from PIL import Image

RUN = 16


def cube(path):
    with h5py.File(path, "r") as f:
        return np.transpose(np.asarray(f["cube"], dtype=np.float32), (0, 2, 1))  # band, y, x


def add_up(products):
    """Sum over bands in PyTorch's order: runs of 16, the incomplete one first."""
    runs = []
    for start in range(0, len(products), RUN):
        total = np.zeros_like(products[0])
        for band in products[start:start + RUN]:
            total = total + band
        runs.append(total)
    whole = len(products) // RUN
    total = runs[whole] if len(runs) > whole else np.zeros_like(products[0])
    for run in runs[:whole]:
        total = total + run
    return total


def angle(p, t, mask, add):
    p, t = p * mask, t * mask
    with np.errstate(all="ignore"):
        cosine = add(t * p) / (np.sqrt(add(t * t)) * np.sqrt(add(p * p)))
        angles = np.arccos(cosine)
    assert angles.dtype == np.float32
    counted = angles[~np.isnan(angles)]
    return float(np.mean(counted)), int(counted.size)


def main(root, split, folder):
    scores = {}
    infrared = os.path.join(root, "Hyper-Skin(MSI, NIR)")
    for path in sorted(glob.glob(os.path.join(glob.escape(infrared), split, "NIR", "*.mat"))):
        name = os.path.basename(path)[:-4]
        vis = cube(os.path.join(root, "Hyper-Skin(RGB, VIS)", split, "VIS", name + ".mat"))
        t = np.concatenate([vis, cube(path)[1:]])
        p = np.fromfile(os.path.join(folder, name + ".f32"), dtype="<f4").reshape(t.shape)
        picture = Image.open(os.path.join(infrared, "mask", split, name + ".jpg"))
        mask = (np.asarray(picture)[:, :, 0] / 255).astype(np.float32)
        score = {}
        for key, bands in (("joint", slice(0, 61)), ("VIS", slice(0, 31)), ("NIR", slice(30, 61))):
            own = {}
            own["challenge"], own["pixels"] = angle(p[bands], t[bands], mask, add_up)
            own["numpy order"], _ = angle(
                p[bands], t[bands], mask, lambda x: np.sum(x, axis=0, dtype=np.float32))
            a = p[bands][:, mask > 0.5].astype(np.float64)
            b = t[bands][:, mask > 0.5].astype(np.float64)
            norms = np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0)
            own["clamped"] = float(np.mean(np.arccos(np.clip(np.sum(a * b, 0) / norms, -1, 1))))
            mse = np.mean((a - b) ** 2)
            own["rmse"] = float(np.sqrt(mse))
            own["psnr"] = float(-10 * np.log10(mse))
            large = np.abs(b) >= 0.001
            own["mrae"] = float(np.mean(np.abs(a - b)[large] / np.abs(b)[large]))
            score[key] = own
        scores[name] = score
    print(json.dumps(scores))


main(*sys.argv[1:])
