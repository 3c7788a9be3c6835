"""`make demo`: a dossier of two weeks, from receipt to result, as an officer reads it."""

from __future__ import annotations

import subprocess
import sys


def test_the_story_tells_dates_people_stops_and_what_was_late(root, tmp_path):
    command = [sys.executable, str(root / "docs" / "demo" / "story.py")]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert done.stderr == ""
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    for told in (
        "Hạn trả kết quả 17:00 thứ Hai 09/03/2026",  # five working days from Monday the 2nd
        "Hạn trả kết quả dừng tính thời hạn: Bổ sung hồ sơ",
        "Hạn trả kết quả 17:00 thứ Năm 12/03/2026",  # it stood on the 3rd, 4th and 5th
        "H99-260302-0001:6 Thẩm định; chuyên viên; hạn 17:00 thứ Ba 10/03/2026",
        "17:05 thứ Ba 10/03/2026 hệ thống nhắc hạn: “Thẩm định” đã quá hạn 17:00 thứ Ba 10/03/2026",
        "15:00 thứ Năm 12/03/2026 Vũ Thị Lan (thay Phạm Minh) hoàn thành “Ký duyệt”",
        "15:00 thứ Năm 12/03/2026 hệ thống tự động làm “Cấp số, đóng dấu số”",
        "17:05 thứ Ba 10/03/2026 báo quá hạn: Thẩm định",
        "Nhật ký 18 sự kiện, chuỗi băm còn nguyên vẹn",
    ):
        assert told in lines
    slip = (tmp_path / "out" / "phieu-kiem-soat.html").read_text("utf-8")
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in slip
    assert "Văn bản xin lỗi: 12/TB-SX" in slip
