"""What would be if: worked out from stored answers, storing nothing.

worked = work_out(supposition, answers)     the numbers of an answer, or the slots it lacks
swing(catalog, plan, slot)                  what one more answer could change
"""

from advisor.whatif.supposition import EXAMPLES, Supposition
from advisor.whatif.trials import swing
from advisor.whatif.worked import Worked
from advisor.whatif.working import work_out

__all__ = ["EXAMPLES", "Supposition", "Worked", "swing", "work_out"]
