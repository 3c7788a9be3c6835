"""`tthc-flow engine`: dossiers that run for weeks; one file a verb or a small family of verbs."""

from __future__ import annotations

from typing import Final

import click

from tthc_flow.cli.groups import Verbs

VERBS: Final = {
    "deploy": "Triển khai sơ đồ BPMN (một tệp, hoặc mọi tệp của thư mục)",
    "procedures": "Các quy trình đã triển khai và phiên bản của từng quy trình",
    "start": "Tiếp nhận một hồ sơ theo phiên bản mới nhất của quy trình",
    "tasks": "Việc đang chờ người làm, gấp nhất trước",
    "claim": "Nhận một việc về mình",
    "unclaim": "Trả lại việc đã nhận",
    "delegate": "Giao việc cho người khác làm thay mặt mình",
    "complete": "Hoàn thành một việc, hoặc quyết định ở một nhánh rẽ",
    "show": "Xem một hồ sơ: trạng thái, hạn, đang chờ gì, đã qua những gì",
    "due": "Hồ sơ và việc sắp đến hạn, quá hạn; ghi lời nhắc cho mỗi hạn một lần",
    "life": "Cả hồ sơ: tạm dừng, rút, hủy, dừng và tính tiếp thời hạn, gia hạn",
    "message": "Đưa một thông điệp tới hồ sơ đang chờ nó",
    "signal": "Báo một tín hiệu cho mọi hồ sơ đang lắng nghe",
    "incidents": "Sự cố: việc hệ thống không làm được và đang chờ người xử lý",
    "migrate": "Chuyển hồ sơ đang giải quyết sang phiên bản khác của quy trình",
    "verify": "Kiểm tra nhật ký của hồ sơ có bị sửa, xóa, chèn hay không",
    "export": "Xuất nhật ký sự kiện ra XES hoặc CSV",
    "slip": "In phiếu kiểm soát quá trình giải quyết hồ sơ (.docx, .html)",
}


@click.group("engine", cls=Verbs, room="tthc_flow.cli.engine", verbs=VERBS)
def command() -> None:
    """Giải quyết hồ sơ theo TỆP .bpmn đã triển khai; mỗi bước được lưu trước khi báo cho ai."""
