"""Writes rudeness/words.txt of the resources from alt-profanity-check; README.md beside that says how to run it."""
import collections
import os

import joblib
import numpy
import profanity_check

WEIGHT_STEP = 0.2
RARITY_STEP = 0.5

folder = os.path.join(os.path.dirname(profanity_check.__file__), "data")
vectorizer = joblib.load(os.path.join(folder, "vectorizer.joblib"))
model = joblib.load(os.path.join(folder, "model.joblib"))

# Five calibrated classifiers vote; the mean of what they feed to the sigmoid stands for them.
folds = model.calibrated_classifiers_
slopes = numpy.array([fold.calibrators[0].a_ for fold in folds])
steps = numpy.array([fold.calibrators[0].b_ for fold in folds])
vectors = numpy.array([fold.estimator.coef_[0] for fold in folds])
intercepts = numpy.array([fold.estimator.intercept_[0] for fold in folds])
weights = (slopes[:, None] * vectors).mean(0)
offset = float((slopes * intercepts + steps).mean())

groups = collections.defaultdict(list)
for word, at in sorted(vectorizer.vocabulary_.items()):
    weight = round(weights[at] / WEIGHT_STEP) * WEIGHT_STEP
    rarity = round(vectorizer.idf_[at] / RARITY_STEP) * RARITY_STEP
    groups[(round(weight, 1) + 0.0, rarity)].append(word)

words_file = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../main/resources/parley/bot/rudeness/words.txt")
with open(words_file, "w", encoding="utf-8") as out:
    out.write("# Made by export.py from alt-profanity-check (MIT); do not edit. Weight, rarity, words.\n")
    out.write("offset %.4f\n" % offset)
    for (weight, rarity), words in sorted(groups.items()):
        out.write("%g %g %s\n" % (weight, rarity, " ".join(words)))
