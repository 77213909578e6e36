"""Where somebody comes in."""

from fastapi import APIRouter
from fastapi.responses import Response
from starlette.requests import Request

from console.desk import Anyone
from console.visits import home, went

router = APIRouter()


@router.get("/")
async def start(request: Request, desk: Anyone) -> Response:
    """On to the page that they begin with."""
    return went(request, home(desk.account))
