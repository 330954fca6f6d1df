"""Which class of this program stands for an asset of a scenario."""

from assets import Asset
from content import Content
from fleet import Fleet
from flywheel import Flywheel
from launch import launched
from leverage import Levered
from managed import Managed
from pools import Liquidity, Pool
from rent import Rented
from royalties import Royalties
from subscription import Subscription

BY_MODEL = {"subscription": Subscription, "content": Content, "unit-fleet": Fleet, "flywheel": Flywheel, "royalty-catalogue": Royalties,
            "defi-yield": Pool, "tokenized-asset": Rented}
BY_CLASS = {"ai-managed-portfolio": Managed, "defi-yield-aggregator": Pool, "tokenized-real-estate": Rented}


def make(spec, world, m):
    model = spec.get("model", "claim")
    if model == "claim":
        kind = Asset
    elif spec.get("liquidity"):
        kind = Liquidity
    else:
        kind = BY_CLASS[spec["class"]] if model == "mechanism" else BY_MODEL[model]
    if "leverage" in spec:
        kind = Levered
    if "launch" in spec:
        kind = launched(kind)
    return kind(spec, world, m)
