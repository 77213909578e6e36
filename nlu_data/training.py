"""Rasa's engine on examples that are gathered already.

`rasa train` would read every example twice, and after each step look at all of them to see what it
may keep for a next time: on our examples that takes longer than the heads do. Whether there is
something to train `comeback` knows from the files themselves.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Dict, Mapping, Optional, Tuple

import yaml
from components.labels import LISTED
from rasa.engine.constants import PLACEHOLDER_IMPORTER
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.training.hooks import LoggingHook
from rasa.engine.validation import validate
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.data import TrainingType
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


class Gathered(TrainingDataImporter):
    """Examples as Rasa asks for them; there is nothing else to a model that only reads."""

    def __init__(self, examples: TrainingData) -> None:
        self.examples = examples

    def get_nlu_data(self, language: Optional[str] = None) -> TrainingData:
        """Every example, whatever its language."""
        return self.examples

    def get_domain(self) -> Domain:
        """No actions and no slots."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: Optional[int] = None) -> StoryGraph:
        """No conversations."""
        return StoryGraph([])

    def get_config(self) -> Dict[str, Any]:
        """Nothing more than what the graph was made of."""
        return {}

    def get_config_file_for_auto_config(self) -> Optional[str]:
        """No file to fill in what was left open."""
        return None


def train(examples: Mapping[Tuple[str, str], bool], config: Path, model: Path) -> None:
    """Train a pipeline on texts with their intents, of which some only name an option, and write
    the packed model. Raises Rasa's InvalidConfigException where the settings name what isn't
    there."""
    settings = yaml.safe_load(config.read_text("utf-8"))
    graph = DefaultV1Recipe().graph_config_for_recipe(settings, {}, TrainingType.NLU)
    validate(graph)
    data = TrainingData(
        [
            Message.build(text, intent, example_metadata={LISTED: listed})
            for (text, intent), listed in examples.items()
        ]
    )
    schema = graph.train_schema
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage(Path(folder))
        context = ExecutionContext(graph_schema=schema)
        runner = DaskGraphRunner.create(schema, storage, context, [LoggingHook(schema)])
        runner.run(inputs={PLACEHOLDER_IMPORTER: Gathered(data)})
        model.parent.mkdir(exist_ok=True)
        storage.create_model_package(model, graph, Domain.empty())
