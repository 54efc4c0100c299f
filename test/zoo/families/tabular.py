"""Classifiers, regressors, clusters and text models as skl2onnx and onnxmltools write them."""
import numpy as np
from sklearn import datasets
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import GradientBoostingRegressor, IsolationForest, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType, Int64TensorType, StringTensorType

from case import Case, case, save

OPSETS = {"": 17, "ai.onnx.ml": 3}
IRIS, WINE, CANCER = (load(return_X_y=True) for load in (datasets.load_iris, datasets.load_wine, datasets.load_breast_cancer))
SPECIES = datasets.load_iris().target_names


def converted(folder, estimator, x, y, labels=None, dtype=np.float32, input_name="X", **options) -> Case:
    """Fits on three rows of four, and asks about one row and about ten of the rest."""
    x = x.astype(dtype)
    estimator.fit(x[np.arange(len(x)) % 4 != 0], None if y is None else y[np.arange(len(x)) % 4 != 0])
    settings = {id(estimator): options} if options else None
    opsets = {**OPSETS} if not isinstance(estimator, IsolationForest) else {"": 15, "ai.onnx.ml": 3}
    model = to_onnx(estimator, initial_types=[(input_name, guess(dtype, x.shape[1]))], options=settings, target_opset=opsets)
    return Case(save(folder, model), [{input_name: x[:1]}, {input_name: x[::4][:10]}], labels=labels)


def guess(dtype, width):
    from skl2onnx.common.data_types import DoubleTensorType

    return (DoubleTensorType if dtype == np.float64 else FloatTensorType)([None, width])


@case("iris-zipmap", "tabular-classification")
def iris(folder):
    return converted(folder, LogisticRegression(max_iter=500), *IRIS, ["0", "1", "2"])


@case("iris-zipmap-names", "tabular-classification")
def iris_names(folder):
    return converted(folder, LogisticRegression(max_iter=500), IRIS[0], SPECIES[IRIS[1]], list(SPECIES))


@case("wine-forest-plain", "tabular-classification")
def wine(folder):
    return converted(folder, RandomForestClassifier(20, random_state=0), *WINE, ["0", "1", "2"], zipmap=False)


@case("cancer-binary", "tabular-classification")
def cancer(folder):
    return converted(folder, make_pipeline(StandardScaler(), LogisticRegression()), *CANCER, ["0", "1"])


@case("cancer-columns", "tabular-classification")
def cancer_columns(folder):
    return converted(folder, LogisticRegression(max_iter=5000), *CANCER, ["0", "1"], zipmap="columns")


@case("diabetes-regressor", "tabular-regression")
def diabetes(folder):
    return converted(folder, GradientBoostingRegressor(random_state=0), *datasets.load_diabetes(return_X_y=True))


@case("linnerud-three-targets", "tabular-regression")
def linnerud(folder):
    return converted(folder, LinearRegression(), *datasets.load_linnerud(return_X_y=True))


@case("wine-svc", "tabular-classification")
def svc(folder):
    return converted(folder, SVC(probability=True, random_state=0), *WINE, ["0", "1", "2"])


@case("iris-neighbours", "tabular-classification")
def neighbours(folder):
    return converted(folder, KNeighborsClassifier(3), *IRIS, ["0", "1", "2"], zipmap=False)


@case("iris-double", "tabular-classification")
def double(folder):
    return converted(folder, MLPClassifier(8, max_iter=600, random_state=0), *IRIS, ["0", "1", "2"], dtype=np.float64, zipmap=False)


@case("wine-outliers", "tabular-classification")
def outliers(folder):
    return converted(folder, IsolationForest(n_estimators=20, random_state=0), WINE[0], None)


@case("iris-clusters", "tabular-classification")
def clusters(folder):
    return converted(folder, KMeans(3, random_state=0, n_init=3), IRIS[0], None)


@case("passengers-columns", "tabular-classification")
def passengers(folder):
    """Named inputs of two types; missing ages are imputed."""
    random = np.random.default_rng(3)
    names = ["age", "fare", "sex", "embarked"]
    numbers = np.stack([random.uniform(1, 80, 200), random.gamma(2, 20, 200)], 1).astype(np.float32)
    words = np.stack([random.choice(["female", "male"], 200), random.choice(["S", "C", "Q"], 200)], 1)
    survived = ((words[:, 0] == "female") ^ (numbers[:, 1] > 60)).astype(int)
    table = np.concatenate([numbers.astype(object), words.astype(object)], 1)
    table[::9, 0] = np.nan
    columns = ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), [0, 1]),
        ("words", OneHotEncoder(handle_unknown="ignore"), [2, 3]),
    ])
    pipeline = make_pipeline(columns, LogisticRegression()).fit(table, survived)
    kinds = [FloatTensorType, FloatTensorType, StringTensorType, StringTensorType]
    inputs = [(name, kind([None, 1])) for name, kind in zip(names, kinds)]
    model = to_onnx(pipeline, initial_types=inputs, target_opset=OPSETS)

    def rows(count):
        asked = table[1 : count + 1]
        return {name: asked[:, [i]].astype(np.float32 if i < 2 else object) for i, name in enumerate(names)}

    return Case(save(folder, model), [rows(1), rows(7)], labels=["0", "1"])


@case("sentiment-tfidf", "text-classification")
def sentiment(folder):
    """Words in, counts inside: skl2onnx writes a StringNormalizer with a locale."""
    texts = ["good fine great", "great film good", "fine and good", "bad awful film", "awful and poor", "poor bad thing"] * 3
    pipeline = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(texts, ["good", "good", "good", "bad", "bad", "bad"] * 3)
    model = to_onnx(pipeline, initial_types=[("text", StringTensorType([None, 1]))], target_opset=OPSETS)
    asked = np.array([["A great Film"], ["bad and awful"], ["nothing known"]], object)
    return Case(save(folder, model), [{"text": asked[:1]}, {"text": asked}], labels=["bad", "good"])


def boosted(folder, model, x, labels=None):
    x = x.astype(np.float32)
    return Case(save(folder, model), [{"input": x[:1]}, {"input": x[::20]}], labels=labels)


def boosted_types(x):
    from onnxmltools.convert.common.data_types import FloatTensorType as Float

    return [("input", Float([None, x.shape[1]]))]


@case("cancer-lightgbm", "tabular-classification")
def lightgbm(folder):
    from lightgbm import LGBMClassifier
    from onnxmltools import convert_lightgbm

    fitted = LGBMClassifier(n_estimators=10, num_leaves=7, verbose=-1, random_state=0, n_jobs=1).fit(*CANCER)
    return boosted(folder, convert_lightgbm(fitted, initial_types=boosted_types(CANCER[0]), target_opset=15), CANCER[0], ["0", "1"])


@case("wine-xgboost", "tabular-classification")
def xgboost(folder):
    from onnxmltools import convert_xgboost
    from xgboost import XGBClassifier

    fitted = XGBClassifier(n_estimators=8, max_depth=3, random_state=0, n_jobs=1).fit(*WINE)
    return boosted(folder, convert_xgboost(fitted, initial_types=boosted_types(WINE[0]), target_opset=15), WINE[0], ["0", "1", "2"])


@case("wine-margins", "tabular-classification")
def margins(folder):
    """Scores that are no probabilities."""
    return converted(folder, LinearSVC(random_state=0), WINE[0], np.array(["barolo", "grignolino", "barbera"])[WINE[1]], ["barbera", "barolo", "grignolino"])


@case("iris-neighbours-names", "tabular-classification")
def neighbours_names(folder):
    """Names of classes that are a tensor in the graph."""
    return converted(folder, KNeighborsClassifier(3), IRIS[0], SPECIES[IRIS[1]], list(SPECIES), zipmap=False)


@case("iris-network-odd-classes", "tabular-classification")
def odd_classes(folder):
    """Classes that are not numbered from zero."""
    return converted(folder, MLPClassifier(8, max_iter=600, random_state=0), IRIS[0], np.array([7, 20, -1])[IRIS[1]], ["-1", "7", "20"], zipmap=False)


@case("towns-strict", "tabular-regression")
def towns(folder):
    """Whole numbers and words in one input each, and a category that is not known is an error."""
    random = np.random.default_rng(5)
    rooms = random.integers(1, 9, (120, 1))
    words = random.choice(["Bonn", "Kiel", "Ulm"], (120, 2))
    rent = rooms[:, 0] * 100 + (words[:, 0] == "Bonn") * 70 + (words[:, 1] == "Kiel") * 30
    columns = ColumnTransformer([
        ("rooms", StandardScaler(), [0]),
        ("home", OneHotEncoder(), [1]),
        ("work", OrdinalEncoder(), [2]),
    ])
    table = np.concatenate([rooms.astype(object), words.astype(object)], 1)
    pipeline = make_pipeline(columns, LinearRegression()).fit(table, rent)
    inputs = [("rooms", Int64TensorType([None, 1])), ("home_town", StringTensorType([None, 1])), ("work", StringTensorType([None, 1]))]
    model = to_onnx(pipeline, initial_types=inputs, target_opset=OPSETS)

    def rows(count):
        return {"rooms": rooms[:count].astype(np.int64), "home_town": words[:count, :1].astype(object), "work": words[:count, 1:].astype(object)}

    return Case(save(folder, model), [rows(1), rows(6)])


@case("words-matrix", "tabular-classification")
def words_matrix(folder):
    """All columns in one input of text."""
    random = np.random.default_rng(6)
    table = np.stack([random.choice(["red", "green"], 90), random.choice(["S", "M", "L"], 90), random.choice(["x", "y"], 90)], 1)
    good = np.where((table[:, 0] == "red") ^ (table[:, 1] == "L"), "good", "bad")
    encoder = ColumnTransformer([("colour", OneHotEncoder(), [0]), ("rest", OneHotEncoder(), [1, 2])])
    pipeline = make_pipeline(encoder, DecisionTreeClassifier(random_state=0)).fit(table.astype(object), good)
    model = to_onnx(pipeline, initial_types=[("words", StringTensorType([None, 3]))], target_opset=OPSETS)
    return Case(save(folder, model), [{"words": table[:1].astype(object)}, {"words": table[:8].astype(object)}], labels=["bad", "good"])


@case("diabetes-lightgbm", "tabular-regression")
def lightgbm_regressor(folder):
    from lightgbm import LGBMRegressor
    from onnxmltools import convert_lightgbm

    x, y = datasets.load_diabetes(return_X_y=True)
    fitted = LGBMRegressor(n_estimators=10, num_leaves=7, verbose=-1, random_state=0, n_jobs=1).fit(x, y)
    return boosted(folder, convert_lightgbm(fitted, initial_types=boosted_types(x), target_opset=15), x)


@case("cancer-xgboost", "tabular-classification")
def xgboost_binary(folder):
    from onnxmltools import convert_xgboost
    from xgboost import XGBClassifier

    fitted = XGBClassifier(n_estimators=8, max_depth=3, random_state=0, n_jobs=1).fit(*CANCER)
    return boosted(folder, convert_xgboost(fitted, initial_types=boosted_types(CANCER[0]), target_opset=15), CANCER[0], ["0", "1"])


@case("iris-one-row", "tabular-classification")
def one_row(folder):
    """A batch of one and no other, named features in a file beside it."""
    fitted = LogisticRegression(max_iter=500).fit(IRIS[0], SPECIES[IRIS[1]])
    model = to_onnx(fitted, initial_types=[("X", FloatTensorType([1, 4]))], target_opset=OPSETS)
    (folder / "model.csv").write_text("sepal length,sepal width,petal length,petal width,species\n5.1,3.5,1.4,0.2,setosa\n")
    return Case(save(folder, model), [{"X": IRIS[0][i : i + 1].astype(np.float32)} for i in (0, 70, 140)], labels=list(SPECIES))
