"""A workbook as spreadsheet programs saved it before 2007 (.xls, BIFF8 in OLE), made once for these tests.

Three rows under 企业名称, 人数, 离职, 失信: 甲公司 1000, 100, 否; 乙公司 20, 3, FALSE; 丙公司 20, empty, 否.
"""

from __future__ import annotations

import base64
import zlib

_PACKED = (
    "eNrtWE1oE0EU/mY3/zR/NRUSoYSCUWsv1YuXdlXQetD0x4JWBE1tDtKSlqiHeNBozVEQPSleKr14qXrxrwp68yBU9CAIQqIXwYuCQg9t1jdv"
    "d2uqOTSgxcp8Yd68eTPzzcvMm9nZfTUXLU/dS1TwC7qho2r64amxCUp+pxAB1ZumVJ3cR8lUWFPw+2ghPW7MBl965RrK9a5Aw13Xc5LAB0pH"
    "MYH0eC6bXEXsZh8yQvrQRVLgJllCiLNXzSxPsFzH8g63fMJyJ1sus+yitmVxBHNGun2HHcWHtTauC0HyPuA+79jSiRa8kFF8/oqw2rqxK38y"
    "M/ZvVrS6mjANWreebC6bz4yVEaMFnMZ3Mwl8c3bqs6Syr65dgOzzy+3eOvZrmgsowjzOAV6iw/WTbi3wqQXs47NWnqkuCNGbSAcHvxSo3eP0"
    "RJay2cL+ImWdQ5VeHWLbmbH++YMCIjVIpaG0LJESZyUgz23e55Fl+zzI8d9EcgRh1qO8CyI06sLtr68PDPcZx9hSZD+sJ8BG6TRMXJA9qHOI"
    "a1xLsp17bGV5kVk3sJ5gGaPYpTzV12Ireye5zSWuTdE42xlvjE01+mbSS5/7H7aWPhpbSJ/pqZyNzbw1ptBGszRC/eVvEh2iQ9y4LvHIcHJh"
    "nxbvWcZ/Ozl8WsT23bQfc2EsIsBqlKVVkrMjlkqaPVdWSaeSbnOJOlyCueTsPCVvBHPdCkvbVSG5rDaSxW2zaHVYNGbx2CzWeg2wLcQeuTUf"
    "SZ29lhx6HQ6d28sQOKfJksNh1TkedGvNuC+Ho7P0JwJQUFBQUFBQUFBY6xB8c4R9VwTf/uQN02t/11mkVFWfSf5bDGCcfqfpxXQPcpTnUWgo"
    "ftbDLRwuscI+zvdCiUM0eh6jGGY/RhuOX3oPErX/Z8UdI39uCzU6frURP//y+D8ACoLXzw=="
)
CONTENT = zlib.decompress(base64.b64decode(_PACKED))
