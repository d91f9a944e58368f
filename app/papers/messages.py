"""Words of the papers: kinds, what is wrong with a scan, why a picture found no place."""

from tenants.messages import register

PICTURE_FILES = "JPG、PNG 图片或 PDF 文件"

KIND_TITLES = {
    "authorisation": "查询授权书",
    "id_card": "身份证件",
    "household_register": "户口簿",
    "marriage": "婚姻证明",
    "explanation": "情况说明",
    "change": "变动证明材料",
    "objection": "异议材料",
    "other": "其他材料",
    "letter": "委托书",
    "list": "盖章名单",
}

LOOK_STEPS = {"preparing": "收集材料", "checking": "受理初审", "batch": "批量上传核对"}
"""The step that is the reason for looking, where a person needs to give no other."""

ORDERS = {
    "named": "按文件名：户编号、姓名（或第几人）、材料名称，如“SY-003 张三 授权书.jpg”",
    "both": "按名单顺序：每人两张，先授权书、后身份证件",
    "authorisation": "按名单顺序：每人一张授权书",
    "id_card": "按名单顺序：每人一张身份证件",
}
"""How the pictures of a batch find their places."""

register(
    {
        "paper_too_large": "扫描件超过 {most} MB。请降低扫描分辨率（200 至 300 dpi 即可）后再上传。",
        "paper_pixels": "图片超过 {most} 万像素。请降低扫描分辨率（200 至 300 dpi 即可）后再上传。",
        "paper_too_small": "图片不足 {least} 像素，看不清字迹。请重新扫描或拍照，使纸张占满画面。",
        "paper_broken": "图片或 PDF 不完整或已损坏，打不开。请重新扫描或重新拍照后再上传。",
        "paper_pdf_locked": "PDF 设有密码，打不开。请去掉密码，或改为上传图片。",
        "paper_pdf_pages": "PDF 有 {count} 页，应为 1 至 {most} 页。请按人、按材料分开上传。",
        "paper_pdf_crop": "PDF 文件不能裁剪。请改为上传图片，或重新扫描。",
        "paper_crop": "裁剪范围不对。四边各填 0 至 90 的百分数，至少一边大于 0，且裁剪后应留下一部分。",
        "paper_none": "请先选择要上传的扫描件，{files}。",
        "paper_of_nobody": "这份材料不属于本户成员。请返回本户重新选择。",
        "paper_most": "同一材料最多 {most} 张，已有 {count} 张。请先删去不清楚的，或合并扫描。",
        "paper_in_file": "第 {place} 个文件：{fault}",
        "paper_reason": "请填写查看扫描件的事由。",
        "batch_most": "一次最多上传 {most} 个文件。请分几次上传。",
        "batch_nothing": "这份名单中没有可以补充扫描件的户：各户都已提交。",
        "batch_written": "这一批扫描件已经写入，未重复写入。",
        "batch_unplaced": "没有一个文件找到对应的人。请照说明改正文件名后重新上传。",
        "batch.no_household": "文件名中没有本名单的户编号",
        "batch.no_kind": "文件名中没有材料名称（授权书、身份证、户口簿、结婚证、情况说明）",
        "batch.no_person": "没有写是谁的：户编号后应写姓名，或第几人的数字",
        "batch.unknown_person": "这一户没有这个人",
        "batch.two_people": "这一户有两人同名，请改写第几人的数字",
        "batch.beyond": "多出的文件：名单上的人都已各有一份",
        "batch.twice": "与前面的文件是同一人的同一材料、同一张，请改写顺序号",
        "batch.full": "同一材料的张数超过上限",
    }
)
