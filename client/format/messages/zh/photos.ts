// Words of photos of cases and resources. Kinds and warnings keep the values of the data as their keys.
export const messages = {
  title: '照片',
  kindLabel: '照片类别',
  kind: {
    全景: '全景',
    安装位置: '安装位置',
    电源: '电源',
    传输: '传输',
    机房: '机房',
    开通证据: '开通证据',
    其他: '其他',
  },
  add: '上传照片',
  note: 'JPEG、PNG 或 WebP，可一次选多张。',
  none: '还没有照片。',
  remove: '删除照片',
  removeAsk: '删除这张照片？',
  keep: '保留',
  told: { create: '添加照片', remove: '删除照片' },
  far: { case: '拍摄地距站址 {{distance}}', resource: '拍摄地距资源位置 {{distance}}' },
  warning: {
    far: '拍摄地较远',
    'no-position': '照片没有位置',
    'no-time': '照片没有拍摄时间',
    future: '拍摄时间在将来',
  },
  refused: {
    type: '不是 JPEG、PNG 或 WebP 照片，未上传。',
    heic: '浏览器无法显示 HEIC 照片，请在手机相机中改为“兼容性最佳”或转换为 JPEG。',
    size: '超过 10 MB，请缩小后再上传。',
    empty: '文件是空的，请重新选择。',
  },
};
