// Pictures to keep.
import { SVGRenderer } from 'echarts/renderers';
import { use } from 'echarts/core';

use([SVGRenderer]);
